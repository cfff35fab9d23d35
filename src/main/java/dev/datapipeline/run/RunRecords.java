package dev.datapipeline.run;

import dev.datapipeline.dataset.DatasetRecords;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.Blobs;
import jakarta.inject.Singleton;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Shows records of a run in input order, each beside its raw record; skips whole batches by their counters. */
@Singleton
class RunRecords {
    private static final int BATCHES_AT_A_TIME = 500;

    private final BatchTable batches;
    private final Blobs blobs;

    RunRecords(BatchTable batches, Blobs blobs) {
        this.batches = batches;
        this.blobs = blobs;
    }

    /**
     * Shows the records that pass the filter.
     *
     * @param offset how many of those to leave out first
     * @param limit how many to show at most
     */
    void visit(RunPlan plan, RecordFilter filter, long offset, long limit, RecordVisitor visitor) throws IOException {
        walk(plan, filter, offset, limit, visitor, number -> true);
    }

    /** Shows all records of the batches with these numbers. */
    void visitBatches(RunPlan plan, BitSet numbers, RecordVisitor visitor) throws IOException {
        walk(plan, RecordFilter.ALL, 0, Long.MAX_VALUE, visitor, numbers::get);
    }

    private void walk(
            RunPlan plan, RecordFilter filter, long offset, long limit, RecordVisitor visitor, IntPredicate isChosen)
            throws IOException {
        try (Walk walk = new Walk(plan, filter, offset, limit, visitor)) {
            walk.through(isChosen);
        } catch (NoSuchFileException gone) {
            if (batches.read(plan.run(), 0, 1).isEmpty()) {
                // Deleted while it was read.
                throw ProblemException.notFound("run");
            }
            throw gone;
        }
    }

    /** Numbers of the batches that have finished by now. */
    BitSet finishedBatches(RunPlan plan) {
        return batches.finished(plan.run());
    }

    /** One way through the batches; keeps the segment of the last one open, since many batches share one. */
    private final class Walk implements Closeable {
        private final RunPlan plan;
        private final RecordFilter filter;
        private final RecordVisitor visitor;
        private final DatasetRecords dataset;
        private @Nullable String segmentName;
        private @Nullable BlobReader segment;
        private long toSkip;
        private long left;

        Walk(RunPlan plan, RecordFilter filter, long offset, long limit, RecordVisitor visitor) throws IOException {
            this.plan = plan;
            this.filter = filter;
            this.visitor = visitor;
            this.toSkip = offset;
            this.left = limit;
            this.dataset = DatasetRecords.open(blobs, plan.dataset());
        }

        void through(IntPredicate isChosen) throws IOException {
            int first = 0;
            while (left > 0) {
                List<BatchRow> rows = batches.read(plan.run(), first, BATCHES_AT_A_TIME);
                for (BatchRow row : rows) {
                    if (isChosen.test(row.number())) {
                        batch(row);
                    }
                }
                if (rows.size() < BATCHES_AT_A_TIME) {
                    return;
                }
                first = rows.get(rows.size() - 1).number() + 1;
            }
        }

        private void batch(BatchRow row) throws IOException {
            int matching = row.count(filter);
            if (left == 0 || matching <= toSkip) {
                toSkip -= Math.min(toSkip, matching);
                return;
            }
            RecordLines lines = dataset.lines(row.firstRecord(), row.records());
            if (row.location() == null) {
                unfinished(row, lines);
            } else {
                finished(row, row.location(), lines);
            }
        }

        private void unfinished(BatchRow row, RecordLines lines) throws IOException {
            for (int position = 0; position < row.records() && left > 0 && lines.next(); position++) {
                if (isWanted()) {
                    visitor.unfinished(row.firstRecord() + position, lines, row);
                }
            }
        }

        private void finished(BatchRow row, ResultLocation location, RecordLines lines) throws IOException {
            BlobReader blob = segment(location.segment());
            ResultCursor results = new ResultCursor(blob, location.offset(), location.resultsLength());
            while (left > 0 && lines.next() && results.next()) {
                RecordFilter standing = row.standing(results.status());
                if ((filter == RecordFilter.ALL || filter == standing) && isWanted()) {
                    show(row, lines, results);
                }
            }
        }

        private void show(BatchRow row, RecordLines lines, ResultCursor results) throws IOException {
            long index = row.firstRecord() + results.position();
            if (row.holds(results.status())) {
                visitor.finished(index, lines, results);
                return;
            }
            visitor.unfinished(index, lines, row);
        }

        private BlobReader segment(String name) throws IOException {
            if (segment == null || !name.equals(segmentName)) {
                if (segment != null) {
                    segment.close();
                }
                segment = blobs.open(Segments.name(plan.run(), name));
                segmentName = name;
            }
            return segment;
        }

        private boolean isWanted() {
            if (toSkip > 0) {
                toSkip--;
                return false;
            }
            left--;
            return true;
        }

        @Override
        public void close() throws IOException {
            try (dataset) {
                if (segment != null) {
                    segment.close();
                }
            }
        }
    }
}
