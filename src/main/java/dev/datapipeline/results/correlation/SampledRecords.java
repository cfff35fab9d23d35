package dev.datapipeline.results.correlation;

import dev.datapipeline.results.scan.RecordRange;
import dev.datapipeline.results.scan.RecordVisitor;
import java.io.IOException;
import java.util.OptionalLong;

/** Reads a bounded sample of the records of a run, evenly from all of its parts. */
final class SampledRecords {
    static final int MOST_RECORDS = 10_000;
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final int PARTS = 16;

    private SampledRecords() {}

    interface Reading {
        /** Returns the index of the first record that was not read. */
        OptionalLong read(RecordRange range, RecordVisitor visitor) throws IOException;
    }

    /**
     * Reads all records if they are few, else the same number from the beginning of each part.
     *
     * @param total records of the run
     * @param matching how many of them there are to read, at most
     */
    static void read(Reading reading, long total, long matching, RecordSample sample) throws IOException {
        boolean areFew = matching <= MOST_RECORDS;
        for (int part = 0; part < PARTS && sample.records() < MOST_RECORDS; part++) {
            int partsLeft = PARTS - part;
            long left = MOST_RECORDS - sample.records();
            long from = total * part / PARTS;
            long to = total * (part + 1) / PARTS;
            long limit = areFew ? left : (left + partsLeft - 1) / partsLeft;
            if (from < to) {
                reading.read(new RecordRange(from, 0, limit, MOST_BYTES / PARTS, to), sample);
            }
        }
    }
}
