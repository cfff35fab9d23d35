package dev.datapipeline.environment.index.page;

import dev.datapipeline.digest.FileHash;
import dev.datapipeline.digest.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of a project as its index lists it. Nothing of it is checked.
 *
 * @param filename last part of its address
 * @param url without fragment
 * @param hash of its bytes, the SHA-256 where the index states that; null where the index states none
 * @param size in bytes, -1 where the index does not say
 * @param uploaded when; null where the index does not say
 * @param requiresPython specifiers of Python's version; null where the file has none
 * @param yanked why its author took it back, possibly empty; null where it is not taken back
 * @param metadata null where the index does not serve its metadata apart from it (PEP 658)
 */
public record IndexFile(
        String filename,
        URI url,
        @Nullable FileHash hash,
        long size,
        @Nullable Instant uploaded,
        @Nullable String requiresPython,
        @Nullable String yanked,
        @Nullable SeparateMetadata metadata) {
    /**
     * Metadata that lies beside its file.
     *
     * @param hash of the metadata; null where the index does not say
     */
    public record SeparateMetadata(@Nullable FileHash hash) {}

    /** Empty where the index does not state it. */
    public Optional<String> sha256() {
        return Optional.ofNullable(hash).filter(FileHash::isSha256).map(FileHash::digits);
    }

    /** Tells the file from all others that it is listed with; made like a SHA-256, and the file's own where that is known. */
    public String key() {
        return sha256().orElseGet(() -> Sha256.hex(("unpinned " + url).getBytes(StandardCharsets.UTF_8)));
    }

    IndexFile withoutMetadata() {
        return new IndexFile(filename, url, hash, size, uploaded, requiresPython, yanked, null);
    }

    /** The address for people and locks, without what a query may give away. */
    public String publicUrl() {
        String url = this.url.toString();
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
