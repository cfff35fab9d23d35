package dev.datapipeline.pipeline;

import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Answers checks by rules that a test can see through, and can be away. */
public class FakeSandboxes implements Sandboxes {
    public final List<String> checked = new ArrayList<>();
    public boolean isAway;

    @Override
    public List<ScriptProblem> check(String source) throws SandboxFailureException {
        if (isAway) {
            throw new SandboxFailureException(SandboxFailure.DOCKER, "nobody there", null);
        }
        checked.add(source);
        if (source.contains("def (")) {
            return List.of(new ScriptProblem(3, 5, "error", "invalid syntax", "SCRIPT_SYNTAX"));
        }
        if (!source.contains("def transform")) {
            return List.of(new ScriptProblem(1, 1, "error", "there is no transform", "SCRIPT_CONTRACT"));
        }
        return source.contains("unused")
                ? List.of(new ScriptProblem(2, 1, "warning", "never used", "SCRIPT_CONTRACT"))
                : List.of();
    }

    @Override
    public Sandbox borrow(UUID run, PipelineSource pipeline) {
        throw new UnsupportedOperationException("runs nothing");
    }

    @Override
    public void release(UUID run) {
        throw new UnsupportedOperationException("runs nothing");
    }
}
