package dev.datapipeline.worker;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.engine.RecordStatus;
import dev.datapipeline.result.CauseGroups;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.ResultCursor;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.result.Segments;
import dev.datapipeline.run.BatchClaim;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.Blobs;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What an earlier attempt at a batch left: which of its records run again, and the results of the others, which are kept. */
final class EarlierResults implements Closeable {
    private static final int BUFFER = 64 * 1024;

    private final BlobReader segment;
    private final ResultLocation location;
    private final long firstRecord;
    private final ObjectReader errors;
    private final int[] chosen;

    private EarlierResults(BlobReader segment, ResultLocation location, BatchClaim claim, ObjectReader errors)
            throws IOException {
        this.segment = segment;
        this.location = location;
        this.firstRecord = claim.firstRecord();
        this.errors = errors;
        this.chosen = choose(claim.retried());
    }

    /** @param errors reads {@link dev.datapipeline.engine.ScriptError} */
    static EarlierResults open(Blobs blobs, BatchClaim claim, ResultLocation location, ObjectReader errors)
            throws IOException {
        BlobReader segment = blobs.open(Segments.name(claim.id().run(), location.segment()));
        try {
            return new EarlierResults(segment, location, claim, errors);
        } catch (IOException broken) {
            segment.close();
            throw broken;
        }
    }

    private int[] choose(RetriedCauses retried) throws IOException {
        CauseGroups causes = new CauseGroups(errors);
        IntStream.Builder positions = IntStream.builder();
        ResultCursor results = cursor();
        while (results.next()) {
            if (results.status() == RecordStatus.FAILED
                    && (retried.areAll() || retried.include(causes.id(causes.next(results))))) {
                positions.add(results.position());
            }
        }
        return positions.build().toArray();
    }

    /** Positions in the batch of the records that run again, ascending. */
    int[] chosen() {
        return chosen.clone();
    }

    /** Index in the dataset of the record that is number {@code position} of those that run again. */
    long index(int position) {
        return firstRecord + chosen[position];
    }

    /**
     * Writes the results of all records of the batch in order.
     *
     * @param fresh results of the records that ran again
     * @return the causes of all that have failed now
     */
    List<FailureCause> merge(ResultCursor fresh, OutputStream target) throws IOException {
        FailureCauses causes = new FailureCauses(errors, position -> firstRecord + position);
        BufferedOutputStream buffered = new BufferedOutputStream(target, BUFFER);
        ResultCursor results = cursor();
        while (results.next()) {
            boolean ranAgain = Arrays.binarySearch(chosen, results.position()) >= 0;
            if (ranAgain && !fresh.next()) {
                throw new IOException("fewer new results than records that ran again");
            }
            ResultCursor standing = ranAgain ? fresh : results;
            standing.writeRecord(results.position(), buffered);
            if (standing.status() == RecordStatus.FAILED) {
                causes.add(standing);
            }
        }
        buffered.flush();
        return causes.list();
    }

    /** The log of the batch after the records ran again. */
    byte[] log(byte[] fresh) throws IOException {
        byte[] text = new byte[Math.toIntExact(location.logLength())];
        segment.read(ByteBuffer.wrap(text), location.offset() + location.resultsLength());
        return new RetriedLog(firstRecord, chosen).of(text, fresh);
    }

    private ResultCursor cursor() {
        return new ResultCursor(segment, location.offset(), location.resultsLength());
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }
}
