package dev.datapipeline.submission;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import java.util.List;
import java.util.Optional;

/** Checks that a retry changes scripts only, not steps or stages: earlier results stay in the same columns. */
final class RetryValidator {
    private RetryValidator() {}

    static void check(List<StepOutline> own, List<StepOutline> corrected, String pointer) {
        if (own.size() != corrected.size()) {
            throw differs(
                    pointer + "/steps",
                    "The pipeline of the run has %d steps, yours has %d.".formatted(own.size(), corrected.size()));
        }
        for (int index = 0; index < own.size(); index++) {
            check(own.get(index), corrected.get(index), pointer + "/steps/" + index);
        }
    }

    private static void check(StepOutline own, StepOutline corrected, String pointer) {
        if (!own.name().equals(corrected.name())) {
            throw differs(pointer + "/name", "This step of the run is called \"%s\".".formatted(own.name()));
        }
        Optional<String> missing = firstMissing(own, corrected);
        if (missing.isPresent()) {
            throw differs(
                    pointer + "/" + missing.get(),
                    "This step of the run has a %s script, yours has none.".formatted(missing.get()));
        }
        Optional<String> added = firstMissing(corrected, own);
        if (added.isPresent()) {
            throw differs(pointer + "/" + added.get(), "This step of the run has no %s script.".formatted(added.get()));
        }
    }

    private static Optional<String> firstMissing(StepOutline expected, StepOutline found) {
        return expected.stages().stream()
                .filter(stage -> !found.stages().contains(stage))
                .findFirst();
    }

    private static ProblemException differs(String pointer, String what) {
        String message = what + " A retry may change scripts only; submit a new run for another pipeline.";
        return ProblemException.invalidField(ProblemType.INVALID_PIPELINE, pointer, message);
    }
}
