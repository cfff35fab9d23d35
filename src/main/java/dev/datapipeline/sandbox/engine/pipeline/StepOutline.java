package dev.datapipeline.sandbox.engine.pipeline;

import java.util.List;

/** @param stages pre, main or post, at least one, in running order */
public record StepOutline(String name, List<String> stages) {
    public StepOutline {
        stages = List.copyOf(stages);
    }
}
