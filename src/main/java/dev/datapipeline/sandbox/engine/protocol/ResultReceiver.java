package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.frame.FrameReceiver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

final class ResultReceiver implements FrameReceiver {
    private record Failure(int position, ByteBuffer error) {}

    private final BatchOutput output;
    private final ResultStreamValidator validator;
    private final int records;
    /** Failed records of the part that is validated; passed on after their bytes. */
    private final List<Failure> failures = new ArrayList<>();

    ResultReceiver(BatchExchange exchange, LoadedPipeline pipeline, EngineLimits limits) {
        this.output = exchange.output();
        this.records = exchange.input().records();
        this.validator = new ResultStreamValidator(
                exchange.input(),
                pipeline.stages(),
                pipeline.keepsAllStages(),
                limits.resultBytes(),
                (position, error) -> failures.add(new Failure(position, error)));
    }

    @Override
    public void accept(ByteBuffer part, int left) throws SandboxFailureException, IOException {
        validator.validate(part, left);
        if (part.position() > 0) {
            output.results(part.slice(0, part.position()).asReadOnlyBuffer());
        }
        for (Failure failure : failures) {
            output.failed(failure.position(), failure.error());
        }
        failures.clear();
    }

    /** The counts of the results, which must be those that the engine counted and cover every record. */
    BatchSummary summary(EngineDocuments.Done counted) throws SandboxFailureException {
        BatchSummary summary = new BatchSummary(
                records,
                validator.count(RecordStatus.SUCCEEDED),
                validator.count(RecordStatus.FAILED),
                validator.count(RecordStatus.SKIPPED));
        boolean agrees = counted.records() == records
                && validator.finished() == records
                && counted.succeeded() == summary.succeeded()
                && counted.failed() == summary.failed()
                && counted.skipped() == summary.skipped();
        if (!agrees) {
            throw SandboxFailureException.violation("DONE after " + validator.finished() + " of " + records
                    + " records, or with counts that are not those of the results");
        }
        return summary;
    }
}
