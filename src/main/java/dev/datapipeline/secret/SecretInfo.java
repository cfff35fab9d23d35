package dev.datapipeline.secret;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A secret without its value.
 *
 * @param changedBy who set the value last
 */
@Schema(name = "Secret")
public record SecretInfo(String name, Instant createdAt, Instant changedAt, String changedBy) {}
