package dev.datapipeline.results;

import dev.datapipeline.llm.journal.RecordCosts.RecordCost;
import dev.datapipeline.llm.ledger.ModelCalls;
import dev.datapipeline.run.RunSpec;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What the model calls of single records have cost. */
@Singleton
class CostsOfRecords {
    private final ModelCalls calls;

    CostsOfRecords(ModelCalls calls) {
        this.calls = calls;
    }

    /** By the index of the record, as it is now; null for a run whose scripts may call no models. */
    @Nullable
    LongFunction<RecordCost> of(RunSpec run) throws IOException {
        return run.models() == null
                ? null
                : calls.recordCosts().reader(run.run().id());
    }
}
