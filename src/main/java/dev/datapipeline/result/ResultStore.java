package dev.datapipeline.result;

import dev.datapipeline.storage.BlobReader;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Stores the results of runs in segments. What was not committed is never visible, and nothing of it stays. */
public interface ResultStore {
    /**
     * Begins the results of one attempt.
     *
     * @param segment the id of the sandbox that makes them; it works on one batch at a time, so that a segment has one writer at most
     */
    ResultWriter begin(UUID run, String segment) throws IOException;

    /**
     * Opens a segment, where {@link ResultLocation} tells what belongs to a batch.
     *
     * @throws java.nio.file.NoSuchFileException when it was deleted
     */
    BlobReader open(UUID run, String segment) throws IOException;

    /** Names of all segments of a run, also of those that no batch refers to. */
    List<String> segments(UUID run) throws IOException;

    /** Bytes of all segments of a run. */
    long size(UUID run) throws IOException;

    void delete(UUID run, String segment) throws IOException;

    /** Deletes all segments of a run. */
    void delete(UUID run) throws IOException;
}
