package dev.datapipeline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.dispatch.RunEnded;
import dev.datapipeline.engine.EnginePipeline;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.Step;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Plans of runs; those of open runs are kept, since every batch asks for its. */
@Singleton
public class RunPlans {
    private final Transactions transactions;
    private final ObjectReader steps;
    private final Map<UUID, RunPlan> open = new ConcurrentHashMap<>();

    RunPlans(Transactions transactions, ObjectMapper mapper) {
        this.transactions = transactions;
        this.steps = mapper.readerFor(new TypeReference<List<Step>>() {});
    }

    /** The plan of a run that has batches under way. */
    public RunPlan ofOpen(UUID run) {
        return open.computeIfAbsent(
                run, absent -> find(run).orElseThrow(() -> new IllegalStateException("no run " + run)));
    }

    /** The run has no batches under way any more, or another pipeline now. */
    public void forget(UUID run) {
        open.remove(run);
    }

    void forget(@Observes RunEnded ended) {
        forget(ended.run());
    }

    public Optional<RunPlan> find(UUID run) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select dataset_id, steps::text, record_timeout_ms, record_concurrency, trace, isolation, retries
                      from run where id = ?""")) {
                select.setObject(1, run);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(plan(run, row)) : Optional.empty();
                }
            }
        });
    }

    private RunPlan plan(UUID run, ResultSet row) throws SQLException {
        EnginePipeline pipeline = new EnginePipeline(
                engineSteps(run, row.getString(2)),
                Duration.ofMillis(row.getLong(3)),
                row.getInt(4),
                row.getString(5).equals("all"));
        return new RunPlan(
                run,
                row.getObject(1, UUID.class),
                row.getInt(7),
                pipeline,
                row.getString(6).equals("batch"));
    }

    private List<EnginePipeline.Step> engineSteps(UUID run, String json) {
        try {
            return new Pipeline(run.toString(), null, steps.<List<Step>>readValue(json)).engineSteps();
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the steps of run " + run + " cannot be read", broken);
        }
    }
}
