package dev.datapipeline.environment.index;

import dev.datapipeline.environment.index.upstream.IndexFile;
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
        @Nullable String yanked) {
    static ServedWheel of(SeenFile seen, Project project) {
        IndexFile file = seen.file();
        return new ServedWheel(
                file.filename(),
                project.index().orElse(""),
                String.valueOf(file.sha256()),
                file.size(),
                project.remote().isPresent() ? file.publicUrl() : null,
                file.yanked());
    }
}
