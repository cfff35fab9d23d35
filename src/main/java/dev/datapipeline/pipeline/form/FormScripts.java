package dev.datapipeline.pipeline.form;

import dev.datapipeline.pipeline.ScriptFile;
import dev.datapipeline.pipeline.Stage;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The script parts of a form: {@code main_0}, {@code pre_0}, {@code post_0}, {@code main_1} … The numbers are those of rows on a page and
 * have gaps where a row was removed; steps take them in order. Each part belongs to one step.
 */
final class FormScripts {
    private final SortedMap<String, ScriptFile> unused = new TreeMap<>();
    private final SortedSet<Integer> numbers = new TreeSet<>();
    private final SortedSet<Integer> mainNumbers = new TreeSet<>();

    /** @param parts by the name of the part */
    FormScripts(Map<String, ScriptFile> parts) {
        parts.forEach((part, file) -> {
            if (!file.isAbsent()) {
                unused.put(part, file);
                ScriptPart.parse(part).ifPresent(this::addNumber);
            }
        });
    }

    private void addNumber(ScriptPart part) {
        numbers.add(part.number());
        if (part.stage() == Stage.MAIN) {
            mainNumbers.add(part.number());
        }
    }

    /**
     * The numbers for so many steps.
     *
     * @throws ProblemException MISSING_PART when there are fewer
     */
    List<Integer> numbersFor(int steps) {
        if (mainNumbers.size() < steps) {
            throw missing(Stage.MAIN, likelyMissing());
        }
        return mainNumbers.stream().limit(steps).toList();
    }

    /** The row with another script but no main one, or the row after the last. */
    private int likelyMissing() {
        return numbers.stream()
                .filter(number -> !mainNumbers.contains(number))
                .findFirst()
                .orElse(mainNumbers.isEmpty() ? 0 : mainNumbers.last() + 1);
    }

    @Nullable
    ScriptFile take(Stage stage, int number) {
        return unused.remove(new ScriptPart(stage, number).name());
    }

    /** @throws ProblemException UNKNOWN_PART when a part was taken by no step */
    void rejectUnused() {
        if (!unused.isEmpty()) {
            String names = unused.keySet().stream().limit(10).collect(Collectors.joining(", "));
            throw new ProblemException(
                    ProblemType.UNKNOWN_PART,
                    "No step of the pipeline uses these parts of the form: " + names
                            + ". Script parts are called main_0, pre_0, post_0, main_1 and so on.");
        }
    }

    static ProblemException missing(Stage stage, int number) {
        return new ProblemException(
                ProblemType.MISSING_PART,
                "The pipeline names a %s script that is not in the form: the part %s is missing."
                        .formatted(stage.label(), new ScriptPart(stage, number).name()));
    }
}
