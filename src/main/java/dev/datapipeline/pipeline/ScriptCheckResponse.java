package dev.datapipeline.pipeline;

import dev.datapipeline.sandbox.ScriptProblem;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is wrong with a script.
 *
 * @param valid whether it can be used; warnings do not hinder
 */
@Schema(name = "ScriptCheck")
record ScriptCheckResponse(boolean valid, List<ScriptProblem> problems) {
    static ScriptCheckResponse of(List<ScriptProblem> problems) {
        return new ScriptCheckResponse(problems.stream().noneMatch(ScriptProblem::isError), problems);
    }
}
