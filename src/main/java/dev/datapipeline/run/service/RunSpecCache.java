package dev.datapipeline.run.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.pipeline.Stage;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.RunEnded;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.sandbox.engine.StepOutline;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Plans of runs. Those of open runs are kept, since every batch asks for its own: they are small, for the scripts stay in the database until a
 * sandbox has to load them. One that is kept no longer is read again.
 */
@Singleton
public class RunSpecCache {
    private static final long MAX_SPECS = 10_000;

    /** What of the heap long scripts may take together on their way to sandboxes. */
    private static final int HEAP_FRACTION = 8;

    private final Transactions transactions;
    private final RunScripts scripts;
    private final Cache<UUID, RunSpec> open =
            Caffeine.newBuilder().maximumSize(MAX_SPECS).build();

    RunSpecCache(Transactions transactions, ObjectMapper mapper) {
        this.transactions = transactions;
        this.scripts = new RunScripts(transactions, mapper, Runtime.getRuntime().maxMemory() / HEAP_FRACTION);
    }

    /** The plan of a run that has batches under way. */
    public RunSpec get(UUID run) {
        return open.get(run, absent -> find(run).orElseThrow(() -> new IllegalStateException("no run " + run)));
    }

    /** The run has no batches under way any more, or another pipeline now. */
    public void forget(UUID run) {
        open.invalidate(run);
    }

    void forget(@Observes RunEnded ended) {
        forget(ended.run());
    }

    public Optional<RunSpec> find(UUID run) {
        return transactions.run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select dataset_id, isolation, retries from run where id = ?")) {
                select.setObject(1, run);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(plan(run, row)) : Optional.empty();
                }
            }
        });
    }

    private RunSpec plan(UUID run, ResultSet row) throws SQLException {
        int retries = row.getInt(3);
        return new RunSpec(
                run,
                row.getObject(1, UUID.class),
                retries,
                () -> scripts.open(run, retries),
                row.getString(2).equals("batch"));
    }

    /**
     * The steps of a run without their scripts, which the database leaves out.
     *
     * @throws ProblemException NOT_FOUND
     */
    public List<StepOutline> outline(UUID run) {
        List<StepOutline> steps = transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select step ->> 'name', step -> 'pre' is not null, step -> 'post' is not null
                      from run, jsonb_array_elements(steps) with ordinality as listed (step, place)
                     where id = ? order by place""")) {
                select.setObject(1, run);
                try (ResultSet row = select.executeQuery()) {
                    return outline(row);
                }
            }
        });
        if (steps.isEmpty()) {
            throw ProblemException.notFound("run");
        }
        return steps;
    }

    private static List<StepOutline> outline(ResultSet row) throws SQLException {
        List<StepOutline> steps = new ArrayList<>();
        while (row.next()) {
            List<String> stages = new ArrayList<>();
            if (row.getBoolean(2)) {
                stages.add(Stage.PRE.label());
            }
            stages.add(Stage.MAIN.label());
            if (row.getBoolean(3)) {
                stages.add(Stage.POST.label());
            }
            steps.add(new StepOutline(row.getString(1), stages));
        }
        return steps;
    }
}
