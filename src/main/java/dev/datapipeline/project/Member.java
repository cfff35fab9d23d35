package dev.datapipeline.project;

import dev.datapipeline.identity.Role;
import java.time.Instant;
import java.util.UUID;

/**
 * A member of a project.
 *
 * @param id of the account
 * @param active whether the user may sign in at all
 */
public record Member(UUID id, String username, boolean active, Role role, Instant addedAt) {}
