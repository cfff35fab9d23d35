package dev.datapipeline.run.store;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.pipeline.Stage;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what workers need to know about a run, and the scripts of its pipeline. */
@Singleton
public class RunSpecQueries {
    private static final String SELECT_DATA = """
            select dataset_id, isolation, retries, llm, memory_megabytes, e.declaration ->> 'image' as image, e.folder
              from run left join environment e on e.id = run.environment_id where run.id = :run""";

    private static final Sql DATA = sql(SELECT_DATA);

    private static final Sql DATA_OF_RETRY = sql(SELECT_DATA + " and retries = :retries");

    /** The offset keeps PostgreSQL from making a text of the steps three times. */
    private static final Sql PIPELINE = sql("""
            select octet_length(text) as bytes, case when octet_length(text) <= :maxBytes then text end as steps,
                   record_timeout_ms, record_concurrency, trace = 'all' as keeps_all_stages, environment_id, folder
              from (select r.steps::text as text, record_timeout_ms, record_concurrency, trace, environment_id, e.folder
                      from run r left join environment e on e.id = r.environment_id
                     where r.id = :run and retries = :retries offset 0) stored""");

    private static final Sql OUTLINE = sql("""
            select step ->> 'name' as name, step -> 'pre' is not null as has_pre, step -> 'post' is not null as has_post
              from run, jsonb_array_elements(steps) with ordinality as listed (step, place)
             where id = :run order by place""");

    private final Transactions transactions;

    public RunSpecQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * @param models that scripts may call, as JSON; null where they call none
     * @param memoryMegabytes of each sandbox; null for the limit of the settings
     * @param image name of the base image; null for the default one
     * @param folder of its environment; null where it has none
     */
    public record SpecData(
            UUID dataset,
            boolean isolatesBatches,
            int retries,
            @Nullable String models,
            @Nullable Integer memoryMegabytes,
            @Nullable String image,
            @Nullable String folder) {}

    /**
     * A pipeline with the options of its run.
     *
     * @param steps as JSON; null where they are longer than was asked for
     * @param environment null where its scripts need no packages
     * @param folder of the environment; null where it has none
     */
    public record StoredPipeline(
            long bytes,
            @Nullable String steps,
            Duration recordTimeout,
            int recordConcurrency,
            boolean keepsAllStages,
            @Nullable UUID environment,
            @Nullable String folder) {}

    public Optional<SpecData> data(RunRef run) {
        return transactions.run(
                transaction -> transaction.query(DATA).set("run", run.id()).first(RunSpecQueries::data));
    }

    /** Empty when the run is gone or was retried since. */
    public Optional<SpecData> data(UUID run, int retries) {
        return transactions.run(transaction -> transaction
                .query(DATA_OF_RETRY)
                .set("run", run)
                .set("retries", retries)
                .first(RunSpecQueries::data));
    }

    private static SpecData data(Row row) {
        return new SpecData(
                row.id("dataset_id"),
                row.text("isolation").equals("batch"),
                row.integer("retries"),
                row.optionalText("llm"),
                row.optionalInteger("memory_megabytes"),
                row.optionalText("image"),
                row.optionalText("folder"));
    }

    /**
     * The pipeline of a run that was retried so many times; empty when the run is gone or was retried since.
     *
     * @param maxBytes of steps; of longer ones only the size is read
     */
    public Optional<StoredPipeline> pipeline(UUID run, int retries, long maxBytes) {
        return transactions.run(transaction -> transaction
                .query(PIPELINE)
                .set("run", run)
                .set("retries", retries)
                .set("maxBytes", maxBytes)
                .first(RunSpecQueries::pipeline));
    }

    private static StoredPipeline pipeline(Row row) {
        return new StoredPipeline(
                row.number("bytes"),
                row.optionalText("steps"),
                Duration.ofMillis(row.number("record_timeout_ms")),
                row.integer("record_concurrency"),
                row.isTrue("keeps_all_stages"),
                row.optionalId("environment_id"),
                row.optionalText("folder"));
    }

    /** The steps of a run without their scripts, which stay in the database; empty when there is no such run. */
    public List<StepOutline> outline(RunRef run) {
        return transactions.run(
                transaction -> transaction.query(OUTLINE).set("run", run.id()).list(RunSpecQueries::step));
    }

    private static StepOutline step(Row row) {
        List<String> stages = new ArrayList<>();
        if (row.isTrue("has_pre")) {
            stages.add(Stage.PRE.label());
        }
        stages.add(Stage.MAIN.label());
        if (row.isTrue("has_post")) {
            stages.add(Stage.POST.label());
        }
        return new StepOutline(row.text("name"), stages);
    }
}
