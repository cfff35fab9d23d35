package dev.datapipeline.llm.report;

import dev.datapipeline.run.Run;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what the model calls of runs have cost. */
public interface RunCosts {
    /** With a projection; null for a run whose scripts may call no models. */
    @Nullable
    RunModelCalls of(Run run);

    /** Without projections, in one query; runs whose scripts may call no models are left out. */
    Map<UUID, RunModelCalls> of(List<Run> runs);
}
