package dev.datapipeline.results.scan;

import dev.datapipeline.dataset.DatasetRecords;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.result.ResultStore;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.Blobs;
import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the batches of a run in order; keeps the last segment open, since many batches share one. */
final class RecordScanner implements Closeable {
    /** Cost of a batch, in bytes that could have been read instead. */
    private static final int COST_OF_A_BATCH = 500;

    /** The same for a short record. */
    private static final int COST_OF_A_RECORD = 64;

    /** Bytes between two checks that the client is still there. */
    private static final int BETWEEN_CHECKS = 1024 * 1024;

    private final ResultStore store;
    private final RunSpec spec;
    private final RecordSearch search;
    private final Viewer viewer;
    private final DatasetRecords dataset;
    private @Nullable String segmentName;
    private @Nullable BlobReader segment;
    private final long from;
    private final long to;
    private long toSkip;
    private long left;
    private long bytesLeft;
    private long reached;
    private long untilCheck = BETWEEN_CHECKS;

    RecordScanner(Blobs blobs, ResultStore store, RunSpec spec, RecordSearch search, RecordRange range, Viewer viewer)
            throws IOException {
        this.store = store;
        this.spec = spec;
        this.search = search;
        this.viewer = viewer;
        this.from = range.from();
        this.to = range.to();
        this.toSkip = range.offset();
        this.left = range.limit();
        this.bytesLeft = range.bytes();
        this.reached = from;
        this.dataset = DatasetRecords.open(blobs, spec.dataset());
    }

    boolean wantsMore() {
        return left > 0 && bytesLeft > 0 && reached < to;
    }

    /** Index of the first record that is left; empty at the end. */
    OptionalLong next() throws IOException {
        return !wantsMore() && reached < dataset.count() ? OptionalLong.of(reached) : OptionalLong.empty();
    }

    void batch(BatchRow row) throws IOException {
        long end = row.firstRecord() + row.records();
        long first = Math.max(row.firstRecord(), from);
        if (first >= to) {
            reached = to;
            return;
        }
        int matching = first < end ? search.mostIn(row) : 0;
        if (matching == 0 || first == row.firstRecord() && matching <= toSkip) {
            toSkip -= Math.min(toSkip, matching);
            pass(end - 1, COST_OF_A_BATCH);
            return;
        }
        RecordLines lines = dataset.lines(first, end - first);
        if (row.location() == null) {
            unfinished(row, first, lines);
        } else {
            finished(row, row.location(), first, lines);
        }
        bytesLeft -= COST_OF_A_BATCH;
    }

    private void unfinished(BatchRow row, long first, RecordLines lines) throws IOException {
        for (long index = first; wantsMore() && lines.next(); index++) {
            pass(index, lines.length());
            if (search.wants(row, lines) && isWanted()) {
                viewer.visitor().unfinished(index, lines, row);
            }
        }
    }

    private void finished(BatchRow row, ResultLocation location, long first, RecordLines lines) throws IOException {
        ResultReader results =
                new ResultReader(segment(location.segment()), location.offset(), location.resultsLength());
        BatchFailures failures = search.failures(row);
        while (wantsMore() && results.next()) {
            boolean isStale = results.status() == RecordStatus.FAILED && failures.isStale(results);
            long index = row.firstRecord() + results.position();
            if (index < first || !lines.next()) {
                continue;
            }
            pass(index, lines.length() + results.joinedLength(lines));
            if (isStale) {
                if (search.wants(row, lines) && isWanted()) {
                    viewer.visitor().unfinished(index, lines, row);
                }
            } else if (search.wants(failures, lines, results) && isWanted()) {
                viewer.visitor().finished(index, lines, results);
            }
        }
    }

    private void pass(long index, long bytes) throws IOException {
        reached = index + 1;
        bytesLeft -= bytes;
        untilCheck -= bytes + COST_OF_A_RECORD;
        if (untilCheck < 0) {
            untilCheck = BETWEEN_CHECKS;
            viewer.client().requirePresent();
        }
    }

    private BlobReader segment(String name) throws IOException {
        if (segment == null || !name.equals(segmentName)) {
            if (segment != null) {
                segment.close();
            }
            segment = store.open(spec.run().id(), name);
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
