package dev.datapipeline.environment.wheel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.environment.wheel.file.IncomingWheel;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which wheels stay in the store. */
class WheelEvictionTest extends WheelStoreFixture {
    @Test
    void leastRecentlyUsedGoesFirstButNoneThatIsOpenOrNeeded() throws Exception {
        SampleWheel open = listed(SampleWheel.of("a", "1.0"));
        SampleWheel protectedOne = listed(SampleWheel.of("b", "1.0"));
        SampleWheel old = listed(SampleWheel.of("c", "1.0"));
        SampleWheel recent = listed(SampleWheel.of("d", "1.0"));
        SampleWheel last = listed(SampleWheel.of("e", "1.0"));
        needed.add(protectedOne.sha256());
        WheelStore store = store(4 * open.bytes().length);
        try (StoredWheel held = require(store, open)) {
            for (SampleWheel wheel : List.of(protectedOne, old, recent)) {
                now = now.plus(Duration.ofMinutes(1));
                require(store, wheel).close();
            }
            now = now.plus(Duration.ofMinutes(1));

            require(store, last).close();

            assertTrue(Files.exists(held.path()));
            assertTrue(store.has(protectedOne.sha256()));
            assertFalse(store.has(old.sha256()));
            assertTrue(store.has(recent.sha256()));
            assertTrue(store.has(last.sha256()));
        }
        assertEquals(4, files());
    }

    @Test
    void orderOfUseOutlivesARestart() throws Exception {
        SampleWheel one = listed(SampleWheel.of("a", "1.0"));
        SampleWheel two = listed(SampleWheel.of("b", "1.0"));
        SampleWheel three = listed(SampleWheel.of("c", "1.0"));
        WheelStore store = store(1000);
        for (SampleWheel wheel : List.of(one, two, one)) {
            now = now.plus(Duration.ofMinutes(1));
            require(store, wheel).close();
        }
        now = now.plus(Duration.ofMinutes(1));

        WheelStore restarted = store(2 * one.bytes().length);
        require(restarted, three).close();

        assertTrue(restarted.has(one.sha256()));
        assertFalse(restarted.has(two.sha256()));
    }

    @Test
    void wheelLargerThanTheLimitIsHandedOutAllTheSame() throws Exception {
        SampleWheel wheel = listed(SampleWheel.of("a", "1.0"));

        try (StoredWheel kept = require(store(10), wheel)) {
            assertTrue(Files.exists(kept.path()));
        }
    }

    @Test
    void uploadedWheelsStay() throws Exception {
        SampleWheel uploaded = SampleWheel.of("a", "1.0");
        FileWheelStore store = store(10);
        keep(store, uploaded);
        require(store, listed(SampleWheel.of("b", "1.0"))).close();

        FileWheelStore restarted = store(10);

        assertEquals(
                List.of(new UploadedWheel(uploaded.name(), uploaded.sha256(), uploaded.bytes().length)),
                restarted.uploads());
        require(restarted, uploaded).close();
        assertEquals(1, downloads.get());
    }

    @Test
    void fetchedWheelThatIsUploadedTooBecomesAnUpload() throws Exception {
        SampleWheel wheel = listed(SampleWheel.of("a", "1.0"));
        FileWheelStore store = store(1000);
        require(store, wheel).close();

        keep(store, wheel);

        assertEquals(1, store.uploads().size());
        assertEquals(1, files());
        assertEquals(1, store(1000).uploads().size());
    }

    @Test
    void fetchedCopyThatWasOpenDuringTheUploadGoesAtTheNextStart() throws Exception {
        SampleWheel wheel = listed(SampleWheel.of("a", "1.0"));
        FileWheelStore store = store(1000);
        try (StoredWheel held = require(store, wheel)) {
            keep(store, wheel);
            assertTrue(Files.exists(held.path()));
        }

        assertTrue(store(1000).has(wheel.sha256()));
        assertEquals(1, files());
    }

    @Test
    void wheelIsHandedOutThoughNobodySaysWhatIsNeeded() throws Exception {
        SampleWheel one = listed(SampleWheel.of("a", "1.0"));
        SampleWheel two = listed(SampleWheel.of("b", "1.0"));
        isDatabaseAway = true;
        WheelStore store = store(one.bytes().length);

        require(store, one).close();
        require(store, two).close();
        isDatabaseAway = false;
        require(store, listed(SampleWheel.of("c", "1.0"))).close();

        assertFalse(store.has(one.sha256()));
        assertFalse(store.has(two.sha256()));
    }

    @Test
    void leftoversOfAStopAreRemoved() throws Exception {
        FileWheelStore store = store(1000);
        try (IncomingWheel begun = store.receive("a")) {
            begun.write(new byte[10], 0, 10);
            Path leftover = begun.file().resolveSibling("leftover");
            Files.write(leftover, new byte[10]);
            Files.createDirectories(folder.resolve("wheels/fetched/no-hash"));

            assertFalse(store(1000).has("no-hash"));
            assertFalse(Files.exists(leftover));
        }
    }
}
