package dev.datapipeline.results.scan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.store.BatchQueries;
import dev.datapipeline.run.store.BatchRow;
import dev.datapipeline.run.store.FailureQueries;
import dev.datapipeline.run.store.RecordQuery;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.storage.Blobs;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Shows records of a run in input order, each beside its raw record; skips whole batches by their counters and causes. */
@Singleton
public class RunRecords {
    private static final int BATCHES_AT_A_TIME = 500;

    private final BatchQueries batches;
    private final FailureQueries causes;
    private final Blobs blobs;
    private final ObjectReader errors;

    RunRecords(BatchQueries batches, FailureQueries causes, Blobs blobs, ObjectMapper mapper) {
        this.batches = batches;
        this.causes = causes;
        this.blobs = blobs;
        this.errors = mapper.readerFor(ScriptError.class);
    }

    /**
     * Shows the records that the query means.
     *
     * @param client for whom; the walk ends with an IOException when it has gone
     * @return index of the first record that is left to look at; empty when there is none
     */
    public OptionalLong visit(RunSpec plan, RecordQuery query, RecordRange cut, RecordVisitor visitor, Client client)
            throws IOException {
        BitSet chosen = query.asksForCause() ? causes.batches(plan.run(), query) : null;
        return walk(plan, new RecordSearch(query, errors), cut, new Viewer(visitor, client), chosen);
    }

    /** Shows all records of the run. */
    public void visitAll(RunSpec plan, RecordVisitor visitor, Client client) throws IOException {
        visit(plan, RecordQuery.of(RecordFilter.ALL), RecordRange.ALL, visitor, client);
    }

    /** Shows all records of the batches with these numbers. */
    public void visitBatches(RunSpec plan, BitSet numbers, RecordVisitor visitor, Client client) throws IOException {
        RecordSearch all = new RecordSearch(RecordQuery.of(RecordFilter.ALL), errors);
        walk(plan, all, RecordRange.ALL, new Viewer(visitor, client), numbers);
    }

    private OptionalLong walk(
            RunSpec plan, RecordSearch search, RecordRange cut, Viewer viewer, @Nullable BitSet chosen)
            throws IOException {
        int first = cut.from() == 0 ? 0 : batches.holding(plan.run(), cut.from());
        try (RecordScanner walk = new RecordScanner(blobs, plan, search, cut, viewer)) {
            through(walk, plan, first, chosen);
            return walk.next();
        } catch (NoSuchFileException gone) {
            if (batches.read(plan.run(), 0, 1).isEmpty()) {
                // Deleted while it was read.
                throw ProblemException.notFound("run");
            }
            throw gone;
        }
    }

    private void through(RecordScanner walk, RunSpec plan, int from, @Nullable BitSet chosen) throws IOException {
        int first = next(chosen, from);
        while (first >= 0 && walk.goesOn()) {
            List<BatchRow> rows = batches.read(plan.run(), first, BATCHES_AT_A_TIME);
            for (BatchRow row : rows) {
                if (walk.goesOn() && (chosen == null || chosen.get(row.number()))) {
                    show(walk, plan, row);
                }
            }
            first = rows.size() < BATCHES_AT_A_TIME
                    ? -1
                    : next(chosen, rows.getLast().number() + 1);
        }
    }

    /** A retry may have written the results of the batch anew, and removed the old ones, since its row was read. */
    private void show(RecordScanner walk, RunSpec plan, BatchRow row) throws IOException {
        try {
            walk.batch(row);
        } catch (NoSuchFileException moved) {
            List<BatchRow> now = batches.read(plan.run(), row.number(), 1);
            if (now.isEmpty() || Objects.equals(now.getFirst().location(), row.location())) {
                throw moved;
            }
            walk.batch(now.getFirst());
        }
    }

    private static int next(@Nullable BitSet chosen, int number) {
        return chosen == null ? number : chosen.nextSetBit(number);
    }

    /** Numbers of the batches that have finished by now. */
    public BitSet finishedBatches(RunSpec plan) {
        return batches.finished(plan.run());
    }
}
