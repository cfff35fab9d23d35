package dev.datapipeline.environment.wheel.store;

import dev.datapipeline.digest.FileHash;
import org.jspecify.annotations.Nullable;

/**
 * A wheel whose SHA-256 is not known before it is here.
 *
 * @param hash of another kind that its index states; null where it states none
 * @param size in bytes; -1 where nobody says
 */
public record UnpinnedWheel(@Nullable FileHash hash, long size) {}
