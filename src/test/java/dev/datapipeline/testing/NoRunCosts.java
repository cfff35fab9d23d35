package dev.datapipeline.testing;

import dev.datapipeline.llm.report.RunCosts;
import dev.datapipeline.llm.report.RunModelCalls;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.api.RunAnswers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** For runs that call no models. */
public final class NoRunCosts implements RunCosts {
    /** Answers about runs that neither call models nor need packages. */
    public static RunAnswers answers() {
        return new RunAnswers(new NoRunCosts(), (environment, submitted) -> null);
    }

    @Override
    public @Nullable RunModelCalls of(Run run) {
        return null;
    }

    @Override
    public Map<UUID, RunModelCalls> of(List<Run> runs) {
        return Map.of();
    }
}
