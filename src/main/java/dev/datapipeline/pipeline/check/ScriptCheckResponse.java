package dev.datapipeline.pipeline.check;

import dev.datapipeline.sandbox.engine.ScriptProblem;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param valid whether it can be used; warnings do not hinder */
@Schema(name = "ScriptCheck")
record ScriptCheckResponse(boolean valid, List<Finding> problems) {
    static ScriptCheckResponse of(List<ScriptProblem> problems) {
        return new ScriptCheckResponse(
                problems.stream().noneMatch(ScriptProblem::isError),
                problems.stream().map(Finding::of).toList());
    }

    /** Lines and columns count from 1. */
    @Schema(name = "ScriptProblem")
    record Finding(
            int line,
            int column,

            @Schema(enumeration = {"error", "warning"}) String severity,

            String message,
            String code) {
        static Finding of(ScriptProblem problem) {
            return new Finding(problem.line(), problem.column(), problem.severity(), problem.message(), problem.code());
        }
    }
}
