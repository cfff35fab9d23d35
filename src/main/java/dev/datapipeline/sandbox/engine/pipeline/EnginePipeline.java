package dev.datapipeline.sandbox.engine.pipeline;

import dev.datapipeline.outbound.OutboundAccess;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param steps at least one, in running order
 * @param recordTimeout longest time one record may take through all stages
 * @param recordConcurrency records in flight in one batch
 * @param keepsAllStages false keeps only the last value of each record
 * @param outbound what scripts may reach outside of the sandbox; null where that is nothing
 * @param environment name of the folder with the packages of the scripts; null where they have the standard library only
 */
public record EnginePipeline(
        List<Step> steps,
        Duration recordTimeout,
        int recordConcurrency,
        boolean keepsAllStages,
        @Nullable OutboundAccess outbound,
        @Nullable String environment)
        implements PipelineSource {
    public EnginePipeline {
        steps = List.copyOf(steps);
    }

    /** A pipeline whose scripts reach nothing. */
    public EnginePipeline(List<Step> steps, Duration recordTimeout, int recordConcurrency, boolean keepsAllStages) {
        this(steps, recordTimeout, recordConcurrency, keepsAllStages, null, null);
    }

    /** A pipeline whose scripts have the standard library only. */
    public EnginePipeline(
            List<Step> steps,
            Duration recordTimeout,
            int recordConcurrency,
            boolean keepsAllStages,
            @Nullable OutboundAccess outbound) {
        this(steps, recordTimeout, recordConcurrency, keepsAllStages, outbound, null);
    }

    public EnginePipeline withOutbound(OutboundAccess access) {
        return new EnginePipeline(steps, recordTimeout, recordConcurrency, keepsAllStages, access, environment);
    }

    public EnginePipeline withEnvironment(String folder) {
        return new EnginePipeline(steps, recordTimeout, recordConcurrency, keepsAllStages, outbound, folder);
    }

    @Override
    public HeldPipeline open() {
        return new HeldPipeline(this, () -> {});
    }

    public List<StepOutline> outline() {
        return outline(steps);
    }

    public static List<StepOutline> outline(List<Step> steps) {
        return steps.stream().map(Step::outline).toList();
    }

    /** Scripts of all steps together. */
    public int stages() {
        return steps.stream().mapToInt(step -> step.stages().size()).sum();
    }

    /** @param stages at least one, in running order */
    public record Step(String name, List<Stage> stages) {
        public Step {
            stages = List.copyOf(stages);
        }

        StepOutline outline() {
            return new StepOutline(name, stages.stream().map(Stage::stage).toList());
        }
    }

    /**
     * @param stage pre, main or post
     * @param script the user's name of the script, a label
     * @param source Python source
     */
    public record Stage(String stage, String script, String source) {}
}
