package dev.datapipeline.llm.journal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.SettableTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DiskWatchTest {
    private final SettableTicker ticker = new SettableTicker();
    private final DiskWatch watch = new DiskWatch(ticker);

    @Test
    void slowWriteIsRememberedForASecond() {
        long began = watch.now();
        ticker.advance(Duration.ofMillis(9));
        watch.wrote(began);
        assertFalse(watch.isSlow());

        ticker.advance(Duration.ofMillis(2));
        watch.wrote(began);
        assertTrue(watch.isSlow());

        ticker.advance(Duration.ofMillis(999));
        assertTrue(watch.isSlow());
        ticker.advance(Duration.ofMillis(2));
        assertFalse(watch.isSlow());
    }

    @Test
    void forceThatTakesLongIsNoticedBeforeItEnds() {
        watch.forceBegins();
        ticker.advance(Duration.ofMillis(99));
        assertFalse(watch.isSlow());

        ticker.advance(Duration.ofMillis(2));
        assertTrue(watch.isSlow());

        watch.forceEnded();
        assertFalse(watch.isSlow());
    }
}
