package dev.datapipeline.environment.wheel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.wheel.WheelRefusedException.Reason;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileWheelStoreTest {
    private final Map<String, byte[]> index = new HashMap<>();
    private final AtomicInteger downloads = new AtomicInteger();
    private final Set<String> needed = new HashSet<>();
    private final CountDownLatch mayDownload = new CountDownLatch(1);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-30T00:00:00Z");

    @Test
    void wheelIsFetchedOnceAndKept() throws Exception {
        SampleWheel wheel = listed(SampleWheel.of("a", "1.0"));
        WheelStore store = store(1000);

        require(store, wheel).close();
        require(store, wheel).close();
        try (StoredWheel kept = require(store(1000), wheel)) {
            assertArrayEquals(wheel.bytes(), Files.readAllBytes(kept.path()));
            assertEquals(wheel.filename(), String.valueOf(kept.path().getFileName()));
        }

        assertEquals(1, downloads.get());
        assertTrue(store.has(wheel.sha256()));
        assertEquals(wheel.bytes().length, store.size());
    }

    @Test
    void thoseWhoAskAtOnceWaitForOneDownload() throws Exception {
        SampleWheel wheel = listed(SampleWheel.of("a", "1.0"));
        FileWheelStore store = store(1000, file -> {
            mayDownload.await();
            file.write(wheel.bytes(), 0, wheel.bytes().length);
        });
        ExecutorService askers = Executors.newFixedThreadPool(20);
        List<Future<String>> answers = new ArrayList<>();
        Callable<String> ask = () -> {
            try (StoredWheel got = require(store, wheel)) {
                return got.sha256();
            }
        };
        for (int asker = 0; asker < 20; asker++) {
            answers.add(askers.submit(ask));
        }
        mayDownload.countDown();

        for (Future<String> answer : answers) {
            assertEquals(wheel.sha256(), answer.get(30, TimeUnit.SECONDS));
        }
        assertEquals(1, downloads.get());
        askers.shutdownNow();
    }

    @Test
    void wrongBytesAreRefusedAndLeaveNothing() throws Exception {
        SampleWheel wheel = SampleWheel.of("a", "1.0");
        index.put(wheel.sha256(), SampleWheel.of("a", "1.1").bytes());
        WheelStore store = store(1000);

        WheelRefusedException wrong = assertThrows(WheelRefusedException.class, () -> require(store, wheel));
        index.put(wheel.sha256(), new byte[wheel.bytes().length + 1]);
        WheelRefusedException large = assertThrows(WheelRefusedException.class, () -> require(store, wheel));
        index.put(wheel.sha256(), new byte[3]);
        WheelRefusedException cut = assertThrows(WheelRefusedException.class, () -> require(store, wheel));

        assertEquals(Reason.HASH_MISMATCH, wrong.reason());
        assertTrue(wrong.text().contains(wheel.filename()), wrong.text());
        assertEquals(Reason.WHEEL_REFUSED, large.reason());
        assertEquals(Reason.HASH_MISMATCH, cut.reason());
        assertEquals(0, files());
    }

    @Test
    void failedDownloadIsTriedAgainByTheNextAsker() throws Exception {
        SampleWheel wheel = SampleWheel.of("a", "1.0");
        WheelStore store = store(1000);

        IndexUnreachableException failure = assertThrows(IndexUnreachableException.class, () -> require(store, wheel));
        listed(wheel);
        require(store, wheel).close();

        assertEquals("test", failure.index());
        assertEquals(2, downloads.get());
    }

    @Test
    void wheelThatHasChangedOnDiskIsFetchedAnew() throws Exception {
        SampleWheel wheel = listed(SampleWheel.of("a", "1.0"));
        WheelStore store = store(1000);
        try (StoredWheel kept = require(store, wheel)) {
            byte[] changed = Files.readAllBytes(kept.path());
            changed[10] ^= 1;
            Files.write(kept.path(), changed);
        }

        try (StoredWheel again = require(store, wheel)) {
            assertArrayEquals(wheel.bytes(), Files.readAllBytes(again.path()));
        }
        assertEquals(2, downloads.get());
    }

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
        assertEquals(1, store(1000).uploads().size());
    }

    @Test
    void leftoversOfAStopAreRemoved() throws Exception {
        FileWheelStore store = store(1000);
        try (IncomingWheel begun = store.receive("a", 100)) {
            begun.write(new byte[10], 0, 10);
            Path leftover = begun.file().resolveSibling("leftover");
            Files.write(leftover, new byte[10]);
            Files.createDirectories(folder.resolve("wheels/fetched/no-hash"));

            assertFalse(store(1000).has("no-hash"));
            assertFalse(Files.exists(leftover));
        }
    }

    private static void keep(FileWheelStore store, SampleWheel wheel) throws Exception {
        try (IncomingWheel file = store.receive(wheel.filename(), wheel.bytes().length)) {
            file.write(wheel.bytes(), 0, wheel.bytes().length);
            file.finish();
            store.keep(file, wheel.sha256(), wheel.name());
        }
    }

    private static StoredWheel require(WheelStore store, SampleWheel wheel) throws Exception {
        return store.require(wheel.wanted("test"));
    }

    private SampleWheel listed(SampleWheel wheel) {
        index.put(wheel.sha256(), wheel.bytes());
        return wheel;
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private FileWheelStore store(long limit) {
        return store(limit, null);
    }

    private FileWheelStore store(long limit, WheelSource.@Nullable Download download) {
        WheelSource source = (wanted, name) -> file -> {
            downloads.incrementAndGet();
            if (download != null) {
                download.into(file);
                return;
            }
            byte[] bytes = index.get(wanted.sha256());
            if (bytes == null) {
                throw new IndexUnreachableException("test", "The index is away.");
            }
            file.write(bytes, 0, bytes.length);
        };
        return new FileWheelStore(folder.resolve("wheels"), new Limits(limit), source, () -> needed, new TestClock());
    }

    private record Limits(long limit) implements WheelConfig {
        @Override
        public MemorySize diskLimit() {
            return new MemorySize(BigInteger.valueOf(limit));
        }

        @Override
        public MemorySize uploadLimit() {
            return new MemorySize(BigInteger.valueOf(100_000));
        }

        @Override
        public MemorySize largest() {
            return new MemorySize(BigInteger.valueOf(1_000_000));
        }
    }

    private final class TestClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
