package dev.datapipeline.dataset.ingest;

import dev.datapipeline.dataset.ingest.input.UploadStream;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.storage.BlobWriter;
import dev.datapipeline.storage.Blobs;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Writes the records of a dataset. Closing without {@link #publish()} removes them. */
final class DatasetWriter implements Closeable {
    private static final long SPACE_CHECK_BYTES = 64L * 1024 * 1024;

    private final Blobs blobs;
    private final IngestLimits limits;
    private final BufferedBlobWriter records;
    private final BufferedBlobWriter offsets;
    private long count;
    private long nextSpaceCheck;

    private DatasetWriter(Blobs blobs, IngestLimits limits, BlobWriter records, BlobWriter offsets) {
        this.blobs = blobs;
        this.limits = limits;
        this.records = new BufferedBlobWriter(records, 512 * 1024);
        this.offsets = new BufferedBlobWriter(offsets, 64 * 1024);
    }

    static DatasetWriter begin(Blobs blobs, UUID dataset, IngestLimits limits) throws IOException {
        BlobWriter records = blobs.create(DatasetBlobs.records(dataset));
        try {
            return new DatasetWriter(blobs, limits, records, blobs.create(DatasetBlobs.offsets(dataset)));
        } catch (IOException failed) {
            records.close();
            throw failed;
        }
    }

    /** Adds one record, without its line feed. */
    void add(ByteBuffer record) throws IOException {
        long start = records.size();
        if (start >= nextSpaceCheck) {
            checkSpace(start);
        }
        offsets.putLong(start);
        records.put(record);
        records.put((byte) '\n');
        count++;
    }

    void publish() throws IOException {
        offsets.putLong(records.size());
        records.publish();
        offsets.publish();
    }

    long count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        try (records) {
            offsets.close();
        }
    }

    private void checkSpace(long written) throws IOException {
        if (written > limits.uploadBytes()) {
            throw UploadStream.tooLarge(limits.uploadBytes());
        }
        if (blobs.freeBytes() < limits.freeBytes()) {
            throw noSpace();
        }
        nextSpaceCheck = written + SPACE_CHECK_BYTES;
    }

    static ProblemException noSpace() {
        return new ProblemException(
                ProblemType.NO_SPACE,
                "The disk of the service is nearly full. Delete what is no longer needed, then try again.");
    }
}
