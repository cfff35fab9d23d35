package dev.datapipeline.run.store.batch;

import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.sandbox.engine.BatchSummary;
import java.util.List;

/** The final outcome of an attempt at a batch. */
public sealed interface BatchOutcome {
    /**
     * @param location of the durable results and the log
     * @param causes why records failed; their counts add up to {@code summary.failed()}
     */
    record Finished(BatchSummary summary, ResultLocation location, List<FailureCause> causes) implements BatchOutcome {
        public Finished {
            causes = List.copyOf(causes);
        }
    }

    /**
     * The batch cannot be finished; all its records fail for this reason.
     *
     * @param code stable, upper case
     */
    record Broken(String code, String message) implements BatchOutcome {
        public FailureCauseId cause() {
            return FailureCauseId.broken(code, message);
        }
    }
}
