package dev.datapipeline.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.engine.ScriptError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.BatchRow;
import dev.datapipeline.run.BatchTable;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.RunPlan;
import dev.datapipeline.storage.Blobs;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Shows records of a run in input order, each beside its raw record; skips whole batches by their counters and causes. */
@Singleton
public class RunRecords {
    private static final int BATCHES_AT_A_TIME = 500;

    private final BatchTable batches;
    private final CauseTable causes;
    private final Blobs blobs;
    private final ObjectReader errors;

    RunRecords(BatchTable batches, CauseTable causes, Blobs blobs, ObjectMapper mapper) {
        this.batches = batches;
        this.causes = causes;
        this.blobs = blobs;
        this.errors = mapper.readerFor(ScriptError.class);
    }

    /**
     * Shows the records that the query means.
     *
     * @return index of the first record that is left to look at; empty when there is none
     */
    OptionalLong visit(RunPlan plan, RecordQuery query, RecordCut cut, RecordVisitor visitor) throws IOException {
        return walk(plan, query, cut, visitor, query.asksForCause() ? causes.batches(plan.run(), query) : null);
    }

    /** Shows all records of the run. */
    public void visitAll(RunPlan plan, RecordVisitor visitor) throws IOException {
        visit(plan, RecordQuery.of(RecordFilter.ALL), RecordCut.ALL, visitor);
    }

    /** Shows all records of the batches with these numbers. */
    void visitBatches(RunPlan plan, BitSet numbers, RecordVisitor visitor) throws IOException {
        walk(plan, RecordQuery.of(RecordFilter.ALL), RecordCut.ALL, visitor, numbers);
    }

    private OptionalLong walk(
            RunPlan plan, RecordQuery query, RecordCut cut, RecordVisitor visitor, @Nullable BitSet chosen)
            throws IOException {
        int first = cut.from() == 0 ? 0 : batches.holding(plan.run(), cut.from());
        try (RecordWalk walk = new RecordWalk(blobs, plan, new RecordSearch(query, errors), cut, visitor)) {
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

    private void through(RecordWalk walk, RunPlan plan, int from, @Nullable BitSet chosen) throws IOException {
        int first = next(chosen, from);
        while (first >= 0 && walk.goesOn()) {
            List<BatchRow> rows = batches.read(plan.run(), first, BATCHES_AT_A_TIME);
            for (BatchRow row : rows) {
                if (walk.goesOn() && (chosen == null || chosen.get(row.number()))) {
                    walk.batch(row);
                }
            }
            first = rows.size() < BATCHES_AT_A_TIME
                    ? -1
                    : next(chosen, rows.getLast().number() + 1);
        }
    }

    private static int next(@Nullable BitSet chosen, int number) {
        return chosen == null ? number : chosen.nextSetBit(number);
    }

    /** Numbers of the batches that have finished by now. */
    BitSet finishedBatches(RunPlan plan) {
        return batches.finished(plan.run());
    }
}
