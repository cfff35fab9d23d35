package dev.datapipeline.results.export.csv;

import dev.datapipeline.csv.CsvOptions;
import dev.datapipeline.csv.CsvRow;
import dev.datapipeline.csv.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes a table as text. */
final class CsvSink implements TableSink {
    private final CsvWriter writer;

    CsvSink(OutputStream target, CsvOptions options) {
        writer = new CsvWriter(target, options);
    }

    @Override
    public void writeHeader(List<String> names) throws IOException {
        writer.writeHeader(names);
    }

    @Override
    public void write(CsvRow row) throws IOException {
        writer.write(row);
    }
}
