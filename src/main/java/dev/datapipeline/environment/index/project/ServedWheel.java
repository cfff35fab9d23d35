package dev.datapipeline.environment.index.project;

import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.upstream.RemoteIndexes;
import org.jspecify.annotations.Nullable;

/**
 * A wheel that was offered to pip.
 *
 * @param filename of the wheel
 * @param index name of the index that it comes from
 * @param sha256 in lower-case hexadecimal digits
 * @param size in bytes, -1 where the index does not say and nobody has fetched it
 * @param url where it lies, without query and fragment, where it comes from the index that pip has by default; else null: the path of a private
 *     index may hold a token
 * @param yanked why its author took it back, possibly empty; null where it is not taken back
 */
public record ServedWheel(
        String filename,
        String index,
        String sha256,
        long size,
        @Nullable String url,
        @Nullable String yanked) {
    public static ServedWheel of(SeenFile seen, Project project) {
        IndexFile file = seen.file();
        String index = project.index().orElse("");
        return new ServedWheel(
                file.filename(),
                index,
                String.valueOf(file.sha256()),
                file.size(),
                index.equals(RemoteIndexes.DEFAULT) ? file.publicUrl() : null,
                file.yanked());
    }
}
