package dev.datapipeline.results.scan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.result.ResultStore;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.store.batch.BatchQueries;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.run.store.failure.FailureQueries;
import dev.datapipeline.run.store.failure.RecordQuery;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.storage.Blobs;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the records of a run in input order, each with its raw record. Skips batches by their counters and causes. */
@Singleton
public class RunRecords {
    private static final int BATCHES_AT_A_TIME = 500;

    private final BatchQueries batches;
    private final FailureQueries failures;
    private final Blobs blobs;
    private final ResultStore store;
    private final ObjectReader errorReader;

    RunRecords(BatchQueries batches, FailureQueries failures, Blobs blobs, ResultStore store, ObjectMapper mapper) {
        this.batches = batches;
        this.failures = failures;
        this.blobs = blobs;
        this.store = store;
        this.errorReader = mapper.readerFor(ScriptError.class);
    }

    /** Visits the records that match the query; returns the index of the first record not read yet, empty at the end of the run. */
    public OptionalLong visit(RunSpec spec, RecordQuery query, RecordRange range, RecordVisitor visitor, Client client)
            throws IOException {
        BitSet wanted = query.asksForCause() ? failures.batches(spec.run(), query) : null;
        return scan(spec, RecordSearch.matching(query, errorReader), range, new Viewer(visitor, client), wanted);
    }

    /** Visits the finished records that do not match the query; returns as {@link #visit} does. */
    public OptionalLong visitOthers(
            RunSpec spec, RecordQuery query, RecordRange range, RecordVisitor visitor, Client client)
            throws IOException {
        return scan(spec, RecordSearch.others(query, errorReader), range, new Viewer(visitor, client), null);
    }

    public void visitAll(RunSpec spec, RecordVisitor visitor, Client client) throws IOException {
        visit(spec, RecordQuery.of(RecordFilter.ALL), RecordRange.ALL, visitor, client);
    }

    /** Visits the matching records of the batches with these numbers. */
    public void visitBatches(RunSpec spec, RecordQuery query, BitSet numbers, RecordVisitor visitor, Client client)
            throws IOException {
        RecordSearch search = RecordSearch.matching(query, errorReader);
        scan(spec, search, RecordRange.ALL, new Viewer(visitor, client), numbers);
    }

    /** @param wanted numbers of the batches to read; null for all */
    private OptionalLong scan(
            RunSpec spec, RecordSearch search, RecordRange range, Viewer viewer, @Nullable BitSet wanted)
            throws IOException {
        int first = range.from() == 0 ? 0 : batches.containing(spec.run(), range.from());
        try (RecordScanner scanner = new RecordScanner(blobs, store, spec, search, range, viewer)) {
            scanBatches(scanner, spec, first, wanted);
            return scanner.next();
        } catch (NoSuchFileException gone) {
            if (batches.read(spec.run(), 0, 1).isEmpty()) {
                // Deleted while it was read.
                throw ProblemException.notFound("run");
            }
            throw gone;
        }
    }

    private void scanBatches(RecordScanner scanner, RunSpec spec, int from, @Nullable BitSet wanted)
            throws IOException {
        int first = next(wanted, from);
        while (first >= 0 && scanner.wantsMore()) {
            List<BatchRow> rows = batches.read(spec.run(), first, BATCHES_AT_A_TIME);
            for (BatchRow row : rows) {
                if (scanner.wantsMore() && (wanted == null || wanted.get(row.number()))) {
                    scanBatch(scanner, spec, row);
                }
            }
            first = rows.size() < BATCHES_AT_A_TIME
                    ? -1
                    : next(wanted, rows.getLast().number() + 1);
        }
    }

    /** Reads the row again and retries once if the results have moved, since a retry of the run may have replaced them. */
    private void scanBatch(RecordScanner scanner, RunSpec spec, BatchRow row) throws IOException {
        try {
            scanner.batch(row);
        } catch (NoSuchFileException moved) {
            List<BatchRow> now = batches.read(spec.run(), row.number(), 1);
            if (now.isEmpty() || Objects.equals(now.getFirst().location(), row.location())) {
                throw moved;
            }
            scanner.batch(now.getFirst());
        }
    }

    private static int next(@Nullable BitSet wanted, int number) {
        return wanted == null ? number : wanted.nextSetBit(number);
    }

    /** Visits the records with these indexes, in this order. Each costs the way to its place in its batch. */
    public void visitRecords(RunSpec spec, List<Long> indexes, RecordVisitor visitor, Client client)
            throws IOException {
        RecordSearch all = RecordSearch.matching(RecordQuery.of(RecordFilter.ALL), errorReader);
        NavigableMap<Long, BatchRow> rows = new TreeMap<>();
        for (BatchRow row : batches.withRecords(spec.run(), indexes)) {
            rows.put(row.firstRecord(), row);
        }
        for (long index : indexes) {
            Map.Entry<Long, BatchRow> row = rows.floorEntry(index);
            if (row == null) {
                // Deleted while it was read.
                throw ProblemException.notFound("run");
            }
            RecordRange only = new RecordRange(index, 0, 1, Long.MAX_VALUE, index + 1);
            try (RecordScanner scanner =
                    new RecordScanner(blobs, store, spec, all, only, new Viewer(visitor, client))) {
                scanBatch(scanner, spec, row.getValue());
            }
            client.requirePresent();
        }
    }

    /** Numbers of the batches that are over by now. */
    public BitSet finishedBatches(RunSpec spec) {
        return batches.finished(spec.run());
    }
}
