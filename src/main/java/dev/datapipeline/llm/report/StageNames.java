package dev.datapipeline.llm.report;

import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names of the stages of a pipeline by their ordinals. */
final class StageNames {
    private static final StageName UNKNOWN = new StageName(null, null);

    private final List<StageName> names = new ArrayList<>();

    /** @param script {@code pre}, {@code main} or {@code post} */
    record StageName(@Nullable String step, @Nullable String script) {}

    StageNames(List<StepOutline> steps) {
        for (StepOutline step : steps) {
            step.stages().forEach(stage -> names.add(new StageName(step.name(), stage)));
        }
    }

    /** Nameless where the ordinal is not one of the pipeline. */
    StageName of(int ordinal) {
        return ordinal < 0 || ordinal >= names.size() ? UNKNOWN : names.get(ordinal);
    }
}
