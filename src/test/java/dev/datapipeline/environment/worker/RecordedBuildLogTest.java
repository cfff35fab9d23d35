package dev.datapipeline.environment.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.build.BuildStep;
import dev.datapipeline.environment.store.StepState;
import dev.datapipeline.environment.store.StepState.StepStatus;
import dev.datapipeline.testing.SettableTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedBuildLogTest {
    private final SettableTicker ticker = new SettableTicker();
    private final RecordedBuildLog log = new RecordedBuildLog(ticker, 7);

    @Test
    void stepsTakeTheTimeUntilTheNextOneBegins() {
        log.begin(BuildStep.RESOLVE);
        ticker.advance(Duration.ofMillis(800));
        log.begin(BuildStep.FETCH);
        log.progress(31, 48);
        ticker.advance(Duration.ofMillis(50));

        assertEquals(
                List.of(
                        new StepState("resolve", StepStatus.DONE, 800L, null, null),
                        new StepState("fetch", StepStatus.RUNNING, 50L, 31L, 48L),
                        new StepState("install", StepStatus.WAITING, null, null, null),
                        new StepState("compile", StepStatus.WAITING, null, null, null),
                        new StepState("check", StepStatus.WAITING, null, null, null)),
                changes().progress().steps());
    }

    @Test
    void onlyChangesAreWrittenAndEachOnce() {
        log.line("first 🐍");

        RecordedBuildLog.Part part = changes();
        assertEquals(7, part.position());
        assertEquals("first 🐍\n", part.text());
        assertNull(log.takeChanges());

        log.line("second");
        assertEquals(7 + 8, changes().position());
    }

    @Test
    void partThatCouldNotBeWrittenComesAgain() {
        log.line("first");
        RecordedBuildLog.Part part = changes();
        log.line("second");

        log.putBack(part);

        assertEquals("first\nsecond\n", changes().text());
    }

    @Test
    void controlCharactersAndBrokenTextDoNotReachTheLog() {
        log.line("a\u001b[2Jb\0c\r\nd\uD800");
        log.warning("w\u0007");

        RecordedBuildLog.Part part = changes();
        assertEquals("a\uFFFD[2Jb\uFFFDc\uFFFD\uFFFDd?\nWarning: w\uFFFD\n", part.text());
        assertEquals(List.of("w\uFFFD"), part.progress().warnings());
    }

    @Test
    void endlessLogIsCutWithANote() {
        for (int line = 0; line < 2_000; line++) {
            log.line("x".repeat(1_000));
        }

        String text = changes().text();
        assertTrue(text.length() < 510_000, () -> text.length() + " characters");
        assertTrue(text.endsWith("The log is longer than this; the rest is left out.\n"));
    }

    private RecordedBuildLog.Part changes() {
        RecordedBuildLog.Part part = log.takeChanges();
        assertNotNull(part);
        return part;
    }
}
