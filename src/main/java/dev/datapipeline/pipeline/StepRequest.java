package dev.datapipeline.pipeline;

import dev.datapipeline.http.json.BoundedList;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(implementation = Step.class)
public record StepRequest(
        @Nullable String name,
        @Nullable ScriptRequest pre,
        @Nullable ScriptRequest main,
        @Nullable ScriptRequest post) {

    /** Keeps one step more than is allowed, so that the validator sees that there are too many. */
    static final class Steps extends BoundedList<StepRequest> {
        Steps() {
            super(StepRequest.class, Pipeline.MAX_STEPS + 1);
        }
    }

    /** @return null after adding to the violations */
    @Nullable
    Step read(String pointer, Violations violations) {
        Violations own = new Violations();
        NameValidator.check(name, pointer + "/name", own);
        Script preScript = pre == null ? null : pre.read(pointer + "/pre", own);
        Script mainScript = main == null ? null : main.read(pointer + "/main", own);
        Script postScript = post == null ? null : post.read(pointer + "/post", own);
        if (main == null) {
            own.add(pointer + "/main", "is required");
        }
        violations.addAll(own);
        return name == null || mainScript == null || !own.isEmpty()
                ? null
                : new Step(name, preScript, mainScript, postScript);
    }
}
