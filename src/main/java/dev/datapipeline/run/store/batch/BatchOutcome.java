package dev.datapipeline.run.store.batch;

import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.sandbox.engine.BatchSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The final outcome of an attempt at a batch. */
public sealed interface BatchOutcome {
    /**
     * @param location of the durable results and the log
     * @param causes why records failed; their counts add up to {@code summary.failed()}
     * @param ranAgain positions in the batch of the records that ran in a retry; null if the whole batch ran
     */
    record Finished(
            BatchSummary summary,
            ResultLocation location,
            List<FailureCause> causes,
            @Nullable List<Integer> ranAgain) implements BatchOutcome {
        public Finished {
            causes = List.copyOf(causes);
            ranAgain = ranAgain == null ? null : List.copyOf(ranAgain);
        }

        /** Of a batch that ran as a whole. */
        public Finished(BatchSummary summary, ResultLocation location, List<FailureCause> causes) {
            this(summary, location, causes, null);
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
