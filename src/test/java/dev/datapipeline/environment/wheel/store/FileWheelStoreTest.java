package dev.datapipeline.environment.wheel.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.WheelRefusedException.Reason;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How wheels come into the store, and out of it. */
class FileWheelStoreTest extends WheelStoreFixture {
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
    void wheelWhoseFileIsGoneIsFetchedAnew() throws Exception {
        SampleWheel wheel = listed(SampleWheel.of("a", "1.0"));
        WheelStore store = store(1000);
        try (StoredWheel kept = require(store, wheel)) {
            Files.delete(kept.path());
        }

        try (StoredWheel again = require(store, wheel)) {
            assertArrayEquals(wheel.bytes(), Files.readAllBytes(again.path()));
        }
    }

    @Test
    void uploadsOfOneWheelAtOnceLeaveIt() throws Exception {
        FileWheelStore store = store(1000);
        ExecutorService uploaders = Executors.newFixedThreadPool(8);
        for (int round = 0; round < 20; round++) {
            SampleWheel wheel = SampleWheel.of("a", "1." + round);
            List<Future<?>> uploads = new ArrayList<>();
            for (int uploader = 0; uploader < 8; uploader++) {
                uploads.add(uploaders.submit(() -> {
                    keep(store, wheel);
                    return null;
                }));
            }
            for (Future<?> upload : uploads) {
                upload.get(30, TimeUnit.SECONDS);
            }
            try (StoredWheel kept = require(store, wheel)) {
                assertArrayEquals(wheel.bytes(), Files.readAllBytes(kept.path()));
            }
        }
        assertEquals(0, downloads.get());
        uploaders.shutdownNow();
    }

    @Test
    void indexThatNamesTheHashOfAnothersWheelDoesNotDecideWhetherThatComes() throws Exception {
        SampleWheel wheel = listed(SampleWheel.of("a", "1.0"));
        FileWheelStore store = store(1000);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Throwable> ofOther = new CompletableFuture<>();
        Thread other = Thread.ofPlatform()
                .start(() -> ofOther.complete(assertThrows(
                        IndexUnreachableException.class,
                        () -> store.fetch(wheel.wanted("other"), wheel.name(), file -> {
                            begun.countDown();
                            mayDownload.await();
                            throw new IndexUnreachableException("other", "The other index is away.");
                        }))));
        begun.await();

        require(store, wheel).close();

        assertTrue(store.has(wheel.sha256()));
        mayDownload.countDown();
        assertTrue(String.valueOf(ofOther.join().getMessage()).contains("other"));
        other.join();
    }

    @Test
    void sameBytesOfTwoIndexesAreKeptOnce() throws Exception {
        SampleWheel wheel = listed(SampleWheel.of("a", "1.0"));
        FileWheelStore store = store(1000);
        List<StoredWheel> held = new ArrayList<>();

        held.add(store.fetch(wheel.wanted("other"), wheel.name(), file -> {
            held.add(store.require(wheel.wanted("test")));
            file.write(wheel.bytes(), 0, wheel.bytes().length);
        }));

        assertEquals(held.get(0).path(), held.get(1).path());
        assertArrayEquals(wheel.bytes(), Files.readAllBytes(held.get(0).path()));
        assertEquals(1, files());
    }
}
