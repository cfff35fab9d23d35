package dev.datapipeline.pipeline;

import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import java.util.ArrayList;
import java.util.List;

/** Collects the rules that something breaks, so that a client learns all of them at once. */
public final class Violations {
    private final List<FieldError> errors = new ArrayList<>();

    public void add(String pointer, String message) {
        errors.add(new FieldError(pointer, message));
    }

    void addAll(Violations others) {
        errors.addAll(others.errors);
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    /** @throws ProblemException when there is any */
    public void reject() {
        if (errors.isEmpty()) {
            return;
        }
        FieldError first = errors.getFirst();
        String others = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more, see errors)";
        throw new ProblemException(
                ProblemType.INVALID_PIPELINE, first.pointer() + " " + first.message() + others + ".", errors);
    }

    public List<ScriptProblem> asScriptProblems() {
        return errors.stream()
                .map(error -> new ScriptProblem(
                        1, 1, "error", "The script " + error.message(), ProblemType.SCRIPT_CONTRACT.name()))
                .toList();
    }

    /** For constructors, whose callers have checked before. */
    void rejectAsBug() {
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(errors.toString());
        }
    }
}
