package dev.datapipeline.dataset;

import dev.datapipeline.dataset.ingest.DatasetBlobs;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.Blobs;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Reads ranges of the stored records of a dataset. Thread-safe; the ranges are not. */
public final class DatasetRecords implements Closeable {
    private final BlobReader records;
    private final BlobReader offsets;

    private DatasetRecords(BlobReader records, BlobReader offsets) {
        this.records = records;
        this.offsets = offsets;
    }

    /** @throws java.nio.file.NoSuchFileException when there is no such dataset */
    public static DatasetRecords open(Blobs blobs, UUID dataset) throws IOException {
        BlobReader records = blobs.open(DatasetBlobs.records(dataset));
        try {
            return new DatasetRecords(records, blobs.open(DatasetBlobs.offsets(dataset)));
        } catch (IOException failed) {
            records.close();
            throw failed;
        }
    }

    public long count() throws IOException {
        return offsets.size() / Long.BYTES - 1;
    }

    /** @throws EOFException when there are not that many */
    public RecordLines lines(long first, long count) throws IOException {
        return new RecordLines(records, offset(first), offset(first + count));
    }

    private long offset(long record) throws IOException {
        ByteBuffer offset = ByteBuffer.allocate(Long.BYTES);
        if (offsets.read(offset, record * Long.BYTES) < Long.BYTES) {
            throw new EOFException("no record " + record);
        }
        return offset.getLong(0);
    }

    @Override
    public void close() throws IOException {
        try (records) {
            offsets.close();
        }
    }
}
