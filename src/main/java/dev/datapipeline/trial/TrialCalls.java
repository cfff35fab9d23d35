package dev.datapipeline.trial;

import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.journal.RecordCosts.RecordCost;
import dev.datapipeline.llm.ledger.ModelCalls;
import dev.datapipeline.outbound.OutboundAccess;
import java.util.UUID;

/** The model calls of one trial. Closing ends its account: nothing more is paid for it. */
final class TrialCalls implements AutoCloseable {
    private final ModelCalls calls;
    private final UUID trial;
    private final OutboundAccess access;

    TrialCalls(ModelCalls calls, UUID trial, OutboundAccess access) {
        this.calls = calls;
        this.trial = trial;
        this.access = access;
    }

    /** The way of the sandbox to the models. */
    OutboundAccess access() {
        return access;
    }

    /** What all calls have come to. */
    UsageSum total() {
        return calls.state(trial)
                .map(state -> state.sums().values().stream().reduce(UsageSum.NONE, UsageSum::plus))
                .orElse(UsageSum.NONE);
    }

    RecordCost ofRecord(long index) {
        return calls.costInTrial(trial, index);
    }

    @Override
    public void close() {
        calls.ended(trial);
    }
}
