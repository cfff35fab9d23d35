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
 * @param isPinned whether its index states the SHA-256; else it is that of the file as it was fetched
 * @param size in bytes, -1 where the index does not say and nobody has fetched it
 * @param url where it lies, without query and fragment, where it comes from the index that pip has by default; else null: the path of a private
 *     index may hold a token
 * @param yanked why its author took it back, possibly empty; null where it is not taken back
 */
public record ServedWheel(
        String filename,
        String index,
        String sha256,
        boolean isPinned,
        long size,
        @Nullable String url,
        @Nullable String yanked) {
    /** @param size in bytes where the index does not say it */
    public static ServedWheel of(Project project, IndexFile file, String sha256, long size) {
        String index = project.index().orElse("");
        return new ServedWheel(
                file.filename(),
                index,
                sha256,
                file.sha256().isPresent(),
                file.size() < 0 ? size : file.size(),
                index.equals(RemoteIndexes.DEFAULT) ? file.publicUrl() : null,
                file.yanked());
    }
}
