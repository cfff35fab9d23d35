package dev.datapipeline.environment.index;

import org.jspecify.annotations.Nullable;

/**
 * A wheel that was offered to pip.
 *
 * @param filename of the wheel
 * @param index name of the index that it comes from
 * @param sha256 in lower-case hexadecimal digits
 * @param size in bytes, -1 where the index does not say and nobody has fetched it
 * @param url where it lies, without user, password, query and fragment; null for an uploaded one
 * @param yanked why its author took it back, possibly empty; null where it is not taken back
 */
public record ServedWheel(
        String filename,
        String index,
        String sha256,
        long size,
        @Nullable String url,
        @Nullable String yanked) {}
