package dev.datapipeline.llm.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.llm.budget.Budgets.BudgetTotal;
import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.call.ModelAccess;
import dev.datapipeline.llm.ledger.ModelCalls;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunStatus;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the sums of the ledger and the costs of records in the logs. */
@Singleton
final class StoredRunCosts implements RunCosts {
    private static final Logger LOG = Logger.getLogger(StoredRunCosts.class);

    private final ModelCalls calls;
    private final ObjectReader access;

    StoredRunCosts(ModelCalls calls, ObjectMapper mapper) {
        this.calls = calls;
        this.access = mapper.readerFor(ModelAccess.class);
    }

    @Override
    public @Nullable RunModelCalls of(Run run) {
        if (run.llm == null) {
            return null;
        }
        BudgetTotal total = calls.totals(List.of(run.id)).getOrDefault(run.id, BudgetTotal.NONE);
        Optional<CostRange> projection = run.status.isFinal() ? Optional.empty() : projection(run, total.sum());
        return answer(run, run.llm, total, projection);
    }

    @Override
    public Map<UUID, RunModelCalls> of(List<Run> runs) {
        Map<UUID, RunModelCalls> answers = new HashMap<>();
        List<UUID> ids =
                runs.stream().filter(run -> run.llm != null).map(run -> run.id).toList();
        Map<UUID, BudgetTotal> totals = ids.isEmpty() ? Map.of() : calls.totals(ids);
        for (Run run : runs) {
            if (run.llm != null) {
                BudgetTotal total = totals.getOrDefault(run.id, BudgetTotal.NONE);
                answers.put(run.id, answer(run, run.llm, total, Optional.empty()));
            }
        }
        return answers;
    }

    private Optional<CostRange> projection(Run run, UsageSum sum) {
        try {
            return new CostProjection(run.records, run.records - run.pending())
                    .of(calls.recordCosts().summary(run.id), sum.spent().plus(sum.unsettled()));
        } catch (IOException failed) {
            LOG.warnf("costs of the records of run %s cannot be read: %s", run.id, failed.getMessage());
            return Optional.empty();
        }
    }

    private RunModelCalls answer(Run run, String models, BudgetTotal total, Optional<CostRange> projection) {
        ModelAccess may = access(models);
        UsageSum sum = total.sum();
        boolean isPaused = run.status == RunStatus.PAUSED;
        return new RunModelCalls(
                may.upstream(),
                may.models(),
                text(total.amount()),
                may.maxOutputTokens(),
                may.cache(),
                sum.spent().text(),
                sum.unsettled().text(),
                calls.reserved(run.id).text(),
                sum.calls(),
                sum.failed(),
                sum.promptTokens(),
                sum.completionTokens(),
                sum.cachedTokens(),
                sum.cacheHits(),
                sum.replays(),
                sum.waitingMillis(),
                projection.map(range -> range.low().text()).orElse(null),
                projection.map(range -> range.high().text()).orElse(null),
                isPaused ? run.pauseReason : null,
                isPaused && run.pauseNeeded != null ? new Picodollars(run.pauseNeeded).text() : null);
    }

    private static @Nullable String text(@Nullable Picodollars amount) {
        return amount == null ? null : amount.text();
    }

    private ModelAccess access(String json) {
        try {
            return access.readValue(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the model calls of a run cannot be read", broken);
        }
    }
}
