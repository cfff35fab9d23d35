package dev.datapipeline.environment.index.page;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file of a project as its index lists it. Nothing of it is checked.
 *
 * @param filename last part of its address
 * @param url without fragment
 * @param sha256 in lower-case hexadecimal digits; null where the index does not say
 * @param size in bytes, -1 where the index does not say
 * @param uploaded when; null where the index does not say
 * @param requiresPython specifiers of Python's version; null where the file has none
 * @param yanked why its author took it back, possibly empty; null where it is not taken back
 * @param hasMetadata whether the index serves its metadata apart from it (PEP 658)
 */
public record IndexFile(
        String filename,
        URI url,
        @Nullable String sha256,
        long size,
        @Nullable Instant uploaded,
        @Nullable String requiresPython,
        @Nullable String yanked,
        boolean hasMetadata) {
    IndexFile withoutMetadata() {
        return new IndexFile(filename, url, sha256, size, uploaded, requiresPython, yanked, false);
    }

    /** The address for people and locks, without what a query may give away. */
    public String publicUrl() {
        String url = this.url.toString();
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
