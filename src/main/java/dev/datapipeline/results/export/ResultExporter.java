package dev.datapipeline.results.export;

import dev.datapipeline.csv.CsvOptions;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.results.scan.RunRecords;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.RunSpecCache;
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

    ResultExporter(RunSpecCache specs, RunRecords records) {
        this.specs = specs;
        this.records = records;
    }

    /** @throws ProblemException NOT_FOUND */
    public RunSpec find(RunRef run) {
        return specs.find(run).orElseThrow(() -> ProblemException.notFound("run"));
    }

    public void writeArray(RunSpec run, ResultView view, OutputStream target, Client client) throws IOException {
        OutputBuffer buffer = new OutputBuffer(target, BUFFER_BYTES);
        write(run, view, JsonRowWriter.array(buffer), client);
        buffer.flush();
    }

    public void writeLines(RunSpec run, ResultView view, OutputStream target, Client client) throws IOException {
        OutputBuffer buffer = new OutputBuffer(target, BUFFER_BYTES);
        write(run, view, JsonRowWriter.lines(buffer), client);
        buffer.flush();
    }

    private void write(RunSpec run, ResultView view, JsonRowWriter rows, Client client) throws IOException {
        RecordVisitor visitor = switch (view) {
            case FINAL -> new FinalValueWriter(rows);
            case STATES -> new StateTableWriter(labels(run), rows);
        };
        records.visitAll(run, visitor, client);
        rows.end();
    }

    /** Writes the records that are finished when this begins; {@code target} stays open. */
    public void writeCsv(RunSpec run, ResultView view, CsvOptions options, OutputStream target, Client client)
            throws IOException {
        OutputBuffer buffer = new OutputBuffer(target, BUFFER_BYTES);
        BitSet finished = records.finishedBatches(run);
        new CsvResults(
                        visitor -> records.visitBatches(run, finished, visitor, client),
                        labels(run),
                        view == ResultView.FINAL,
                        options)
                .write(buffer);
        buffer.flush();
    }

    private StageLabels labels(RunSpec run) {
        return new StageLabels(specs.outline(run.run()));
    }
}
