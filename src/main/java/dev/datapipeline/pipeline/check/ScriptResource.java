package dev.datapipeline.pipeline.check;

import dev.datapipeline.pipeline.ScriptValidator;
import dev.datapipeline.pipeline.Violations;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/scripts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Pipelines")
class ScriptResource {
    private final PipelineChecker scripts;

    ScriptResource(PipelineChecker scripts) {
        this.scripts = scripts;
    }

    /** A script that breaks a rule is an answer here, not an error: whoever asks is still writing it. */
    @POST
    @Path("/check")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "checkScript", summary = "Parse a script, without running it")
    public ScriptCheckResponse check(ScriptCheckRequest request) {
        String source = request.source();
        if (source == null) {
            throw new ProblemException(
                    ProblemType.MISSING_FIELD,
                    "/source is required.",
                    List.of(new FieldError("/source", "is required")));
        }
        Violations violations = new Violations();
        ScriptValidator.check(source, "", violations);
        List<ScriptProblem> problems = violations.isEmpty() ? scripts.check(source) : violations.asScriptProblems();
        return ScriptCheckResponse.of(problems);
    }
}
