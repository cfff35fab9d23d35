package dev.datapipeline.results.export;

import dev.datapipeline.csv.CsvOptions;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.results.export.columns.StageLabels;
import dev.datapipeline.results.export.csv.CsvLayout;
import dev.datapipeline.results.export.csv.CsvResults;
import dev.datapipeline.results.export.excel.ExcelSheet;
import dev.datapipeline.results.export.parquet.ParquetTable;
import dev.datapipeline.results.export.sample.CountedBytes;
import dev.datapipeline.results.export.sample.EstimateSample;
import dev.datapipeline.results.export.sample.ResultEstimate;
import dev.datapipeline.results.scan.RecordRange;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.results.scan.RunRecords;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.RunSpecCache;
import dev.datapipeline.run.store.attempt.AttemptNumbers;
import dev.datapipeline.run.store.attempt.RecordAttempts;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;

/** Writes the results of the finished records of a run, in input order. */
@Singleton
public class ResultExporter {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final RunSpecCache specs;
    private final RunRecords records;
    private final RecordAttempts attempts;

    ResultExporter(RunSpecCache specs, RunRecords records, RecordAttempts attempts) {
        this.specs = specs;
        this.records = records;
        this.attempts = attempts;
    }

    /** @throws ProblemException NOT_FOUND */
    public RunSpec find(RunRef run) {
        return specs.find(run).orElseThrow(() -> ProblemException.notFound("run"));
    }

    public void writeArray(RunSpec run, ResultSelection selection, OutputStream target, Client client)
            throws IOException {
        OutputBuffer buffer = new OutputBuffer(target, BUFFER_BYTES);
        write(run, selection, JsonRowWriter.array(buffer), client);
        buffer.flush();
    }

    public void writeLines(RunSpec run, ResultSelection selection, OutputStream target, Client client)
            throws IOException {
        OutputBuffer buffer = new OutputBuffer(target, BUFFER_BYTES);
        write(run, selection, JsonRowWriter.lines(buffer), client);
        buffer.flush();
    }

    private void write(RunSpec run, ResultSelection selection, JsonRowWriter rows, Client client) throws IOException {
        records.visit(run, selection.query(), RecordRange.ALL, rowWriter(run, selection, rows), client);
        rows.end();
    }

    private RecordVisitor rowWriter(RunSpec run, ResultSelection selection, JsonRowWriter rows) {
        return switch (selection.view()) {
            case FINAL -> new FinalValueWriter(rows);
            case STATES -> new StateTableWriter(labels(run), rows);
            case TABLE -> new TableRowWriter(labels(run), selection.columns(), attempts(run), rows);
        };
    }

    /** Writes the records that are finished when this begins; {@code target} stays open. */
    public void writeCsv(RunSpec run, ResultSelection selection, CsvOptions options, OutputStream target, Client client)
            throws IOException {
        OutputBuffer buffer = new OutputBuffer(target, BUFFER_BYTES);
        table(run, selection, options, client).write(buffer);
        buffer.flush();
    }

    /** As {@link #writeCsv}, as a workbook. */
    public void writeExcel(RunSpec run, ResultSelection selection, OutputStream target, Client client)
            throws IOException {
        table(run, selection, CsvOptions.DEFAULT, client).write(new ExcelSheet(target));
        target.flush();
    }

    /** As {@link #writeCsv}, as a Parquet file. */
    public void writeParquet(RunSpec run, ResultSelection selection, OutputStream target, Client client)
            throws IOException {
        OutputBuffer buffer = new OutputBuffer(target, BUFFER_BYTES);
        table(run, selection, CsvOptions.DEFAULT, client).write(new ParquetTable(buffer));
        buffer.flush();
    }

    private CsvResults table(RunSpec run, ResultSelection selection, CsvOptions options, Client client) {
        BitSet finished = records.finishedBatches(run);
        return new CsvResults(
                visitor -> records.visitBatches(run, selection.query(), finished, visitor, client),
                layout(run, selection),
                options);
    }

    private CsvLayout layout(RunSpec run, ResultSelection selection) {
        return switch (selection.view()) {
            case FINAL -> CsvLayout.finalValues();
            case STATES -> CsvLayout.states(labels(run));
            case TABLE -> CsvLayout.table(labels(run), selection.columns(), attempts(run));
        };
    }

    /**
     * Writes a sample of the records, from all parts of the run, to nowhere.
     *
     * @param total records of the run
     */
    public ResultEstimate estimate(
            RunSpec run, ResultSelection selection, long total, TableOptions options, Client client)
            throws IOException {
        CountedBytes written = new CountedBytes();
        EstimateSample sample = new EstimateSample(
                (range, visitor) -> records.visit(run, selection.query(), range, visitor, client), total, written);
        CsvResults table = new CsvResults(sample::visit, layout(run, selection), options.csv());
        switch (options.format()) {
            case JSON, NDJSON -> {
                JsonRowWriter rows = JsonRowWriter.array(written);
                sample.visit(rowWriter(run, selection, rows));
                rows.end();
            }
            case CSV, TSV -> table.write(written);
            case XLSX -> table.write(new ExcelSheet(written));
            case PARQUET -> table.write(new ParquetTable(written));
        }
        return new ResultEstimate(sample.rows(), written.count());
    }

    private AttemptNumbers attempts(RunSpec run) {
        return attempts.reader(run.run(), run.retries());
    }

    private StageLabels labels(RunSpec run) {
        return new StageLabels(specs.outline(run.run()));
    }
}
