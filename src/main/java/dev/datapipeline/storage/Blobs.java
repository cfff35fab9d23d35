package dev.datapipeline.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Named byte streams. All methods may be called from any thread; the objects they return belong to one thread, readers to any. */
public interface Blobs {
    /** Starts a blob that nobody sees before {@link BlobWriter#publish()}; an existing one of that name is replaced then. */
    BlobWriter create(BlobName name) throws IOException;

    /** @throws java.nio.file.NoSuchFileException when there is no such blob */
    BlobReader open(BlobName name) throws IOException;

    /** Removes a blob or a whole folder of blobs; nothing happens when there is none. */
    void delete(BlobName name) throws IOException;

    /** Names of what lies directly in a folder and has not changed since {@code before}; none when there is no such folder. */
    List<BlobName> unchangedSince(BlobName folder, Instant before) throws IOException;

    /** Bytes of all blobs that lie directly in a folder; 0 when there is no such folder. */
    long size(BlobName folder) throws IOException;

    long freeBytes() throws IOException;

    /** An empty file that is no blob, on the disk of this process. */
    ScratchFile scratch() throws IOException;
}
