package dev.datapipeline.submission;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryValidatorTest {
    private static final List<StepOutline> OWN = List.of(step("one", "pre main"), step("two", "main"));

    @Test
    void sameStepsAndStagesPass() {
        assertDoesNotThrow(() -> RetryValidator.check(OWN, List.of(step("one", "pre main"), OWN.get(1)), "/pipeline"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            one, pre main, two,   main post, /pipeline/steps/1/post
            one, main,     two,   main,      /pipeline/steps/0/pre
            one, pre main, three, main,      /pipeline/steps/1/name
            two, main,     one,   pre main,  /pipeline/steps/0/name
            """)
    void stepsAndStagesMayNot(String first, String firstStages, String second, String secondStages, String pointer) {
        assertEquals(pointer, rejection(List.of(step(first, firstStages), step(second, secondStages))));
    }

    @Test
    void numberOfStepsMayNotChange() {
        assertEquals("/pipeline/steps", rejection(List.of(OWN.get(0))));
    }

    private static String rejection(List<StepOutline> corrected) {
        ProblemException rejection =
                assertThrows(ProblemException.class, () -> RetryValidator.check(OWN, corrected, "/pipeline"));
        return rejection.errors().get(0).pointer();
    }

    private static StepOutline step(String name, String stages) {
        return new StepOutline(name, List.of(stages.split(" ")));
    }
}
