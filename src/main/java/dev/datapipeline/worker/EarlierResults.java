package dev.datapipeline.worker;

import dev.datapipeline.run.BatchClaim;
import dev.datapipeline.run.ResultCursor;
import dev.datapipeline.run.ResultLocation;
import dev.datapipeline.run.Segments;
import dev.datapipeline.sandbox.RecordStatus;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.Blobs;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** What an earlier attempt at a batch left: which of its records failed, and the results of the others, which are kept. */
final class EarlierResults implements Closeable {
    private static final int BUFFER = 64 * 1024;

    private final BlobReader segment;
    private final ResultLocation location;
    private final long firstRecord;
    private final int[] failed;

    private EarlierResults(BlobReader segment, ResultLocation location, long firstRecord) throws IOException {
        this.segment = segment;
        this.location = location;
        this.firstRecord = firstRecord;
        this.failed = readFailed();
    }

    static EarlierResults open(Blobs blobs, BatchClaim claim, ResultLocation location) throws IOException {
        BlobReader segment = blobs.open(Segments.name(claim.id().run(), location.segment()));
        try {
            return new EarlierResults(segment, location, claim.firstRecord());
        } catch (IOException broken) {
            segment.close();
            throw broken;
        }
    }

    private int[] readFailed() throws IOException {
        IntStream.Builder positions = IntStream.builder();
        ResultCursor results = cursor();
        while (results.next()) {
            if (results.status() == RecordStatus.FAILED) {
                positions.add(results.position());
            }
        }
        return positions.build().toArray();
    }

    /** Positions in the batch of the records that run again, ascending. */
    int[] failed() {
        return failed.clone();
    }

    /** Index in the dataset of the record that is number {@code position} of those that run again. */
    long index(int position) {
        return firstRecord + failed[position];
    }

    /**
     * Writes the results of all records of the batch in order.
     *
     * @param fresh results of the records that ran again
     */
    void merge(ResultCursor fresh, OutputStream target) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(target, BUFFER);
        ResultCursor results = cursor();
        while (results.next()) {
            boolean runsAgain = results.status() == RecordStatus.FAILED;
            if (runsAgain && !fresh.next()) {
                throw new IOException("fewer new results than records that ran again");
            }
            (runsAgain ? fresh : results).writeRecord(results.position(), buffered);
        }
        buffered.flush();
    }

    /** The log of the batch after the records ran again. */
    byte[] log(byte[] fresh) throws IOException {
        byte[] text = new byte[Math.toIntExact(location.logLength())];
        segment.read(ByteBuffer.wrap(text), location.offset() + location.resultsLength());
        return new RetriedLog(firstRecord, failed).of(text, fresh);
    }

    private ResultCursor cursor() {
        return new ResultCursor(segment, location.offset(), location.resultsLength());
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }
}
