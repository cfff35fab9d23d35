package dev.datapipeline.run.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.RunEnded;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.store.RunSpecQueries;
import dev.datapipeline.sandbox.engine.StepOutline;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
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

    private final RunSpecQueries queries;
    private final RunScripts scripts;
    private final Cache<UUID, RunSpec> open =
            Caffeine.newBuilder().maximumSize(MAX_SPECS).build();

    RunSpecCache(RunSpecQueries queries, ObjectMapper mapper) {
        this.queries = queries;
        this.scripts = new RunScripts(queries, mapper, Runtime.getRuntime().maxMemory() / HEAP_FRACTION);
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
        return queries.data(run)
                .map(data -> new RunSpec(
                        run,
                        data.dataset(),
                        data.retries(),
                        () -> scripts.open(run, data.retries()),
                        data.isolatesBatches()));
    }

    /**
     * The steps of a run without their scripts, which the database leaves out.
     *
     * @throws ProblemException NOT_FOUND
     */
    public List<StepOutline> outline(UUID run) {
        List<StepOutline> steps = queries.outline(run);
        if (steps.isEmpty()) {
            throw ProblemException.notFound("run");
        }
        return steps;
    }
}
