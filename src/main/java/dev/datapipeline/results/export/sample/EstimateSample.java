package dev.datapipeline.results.export.sample;

import dev.datapipeline.results.scan.RecordRange;
import dev.datapipeline.results.scan.RecordVisitor;
import java.io.IOException;

/** A bounded sample of the records of a run, the same each time it is visited, and how many rows were written of it. */
public final class EstimateSample {
    private static final int PARTS = 16;
    private static final int RECORDS_OF_A_PART = 64;
    private static final long BYTES_OF_A_PART = 1024L * 1024;

    private final Reading reading;
    private final long total;
    private final CountedBytes written;
    private long rows;

    public interface Reading {
        void read(RecordRange range, RecordVisitor visitor) throws IOException;
    }

    /** @param total records of the run */
    public EstimateSample(Reading reading, long total, CountedBytes written) {
        this.reading = reading;
        this.total = total;
        this.written = written;
    }

    public void visit(RecordVisitor visitor) throws IOException {
        CountedRows counted = new CountedRows(visitor, written);
        for (int part = 0; part < PARTS; part++) {
            long from = total * part / PARTS;
            long to = total * (part + 1) / PARTS;
            if (from < to) {
                reading.read(new RecordRange(from, 0, RECORDS_OF_A_PART, BYTES_OF_A_PART, to), counted);
            }
        }
        rows += counted.count();
    }

    public long rows() {
        return rows;
    }
}
