package dev.datapipeline.worker.retry;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.FailureGrouping;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.result.ResultStore;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.storage.BlobReader;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The results of an earlier attempt at a batch: chooses the records that run again, and keeps the results of the others. */
public final class PreviousResults implements Closeable {
    private static final int BUFFER = 64 * 1024;

    private final BlobReader segment;
    private final ResultLocation location;
    private final long firstRecord;
    private final ObjectReader errors;
    private final int[] chosen;

    private PreviousResults(BlobReader segment, ResultLocation location, BatchClaim claim, ObjectReader errors)
            throws IOException {
        this.segment = segment;
        this.location = location;
        this.firstRecord = claim.firstRecord();
        this.errors = errors;
        this.chosen = choose(claim.retried());
    }

    public static PreviousResults open(
            ResultStore store, BatchClaim claim, ResultLocation location, ObjectReader errors) throws IOException {
        BlobReader segment = store.open(claim.id().run(), location.segment());
        try {
            return new PreviousResults(segment, location, claim, errors);
        } catch (IOException broken) {
            segment.close();
            throw broken;
        }
    }

    private int[] choose(RetriedCauses retried) throws IOException {
        FailureGrouping causes = new FailureGrouping(errors);
        IntStream.Builder positions = IntStream.builder();
        ResultReader results = cursor();
        while (results.next()) {
            if (results.status() == RecordStatus.FAILED
                    && (retried.areAll() || retried.include(causes.id(causes.next(results))))) {
                positions.add(results.position());
            }
        }
        return positions.build().toArray();
    }

    /** Positions in the batch of the records that run again, ascending. */
    public int[] chosen() {
        return chosen.clone();
    }

    /** The same as a list. */
    public List<Integer> ranAgain() {
        return Arrays.stream(chosen).boxed().toList();
    }

    public long index(int position) {
        return firstRecord + chosen[position];
    }

    /** Writes the results of all records of the batch in order; returns the causes of all that have failed now. */
    public List<FailureCause> merge(ResultReader fresh, OutputStream target) throws IOException {
        FailureCauses causes = new FailureCauses(errors, position -> firstRecord + position);
        BufferedOutputStream buffered = new BufferedOutputStream(target, BUFFER);
        ResultReader results = cursor();
        while (results.next()) {
            boolean ranAgain = Arrays.binarySearch(chosen, results.position()) >= 0;
            if (ranAgain && !fresh.next()) {
                throw new IOException("fewer new results than records that ran again");
            }
            ResultReader standing = ranAgain ? fresh : results;
            standing.writeRecord(results.position(), buffered);
            if (standing.status() == RecordStatus.FAILED) {
                causes.add(standing);
            }
        }
        buffered.flush();
        return causes.list();
    }

    /** The log of the batch after the records ran again. */
    public byte[] log(byte[] fresh) throws IOException {
        byte[] text = new byte[Math.toIntExact(location.logLength())];
        segment.read(ByteBuffer.wrap(text), location.offset() + location.resultsLength());
        return new MergedLog(firstRecord, chosen).of(text, fresh);
    }

    private ResultReader cursor() {
        return new ResultReader(segment, location.offset(), location.resultsLength());
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }
}
