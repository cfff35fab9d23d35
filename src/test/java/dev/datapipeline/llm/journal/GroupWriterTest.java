package dev.datapipeline.llm.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.testing.Eventually;
import dev.datapipeline.testing.SettableTicker;
import dev.datapipeline.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupWriterTest {
    @TempDir
    Path folder;

    private static ByteBuffer frame(String text) {
        return Frames.of(text.getBytes(UTF_8));
    }

    private static List<String> entries(FileBlobs blobs, BlobName name) throws IOException {
        List<String> entries = new ArrayList<>();
        try (BlobReader reader = blobs.open(name)) {
            Frames.read(
                    reader,
                    0,
                    (offset, entry) -> entries.add(UTF_8.decode(entry).toString()));
        }
        return entries;
    }

    @Test
    void entriesOfManyFilesKeepTheirOrderAndTellWhereTheyStand() throws Exception {
        FileBlobs blobs = new FileBlobs(folder);
        List<CompletableFuture<Long>> written = new ArrayList<>();
        try (GroupWriter writer = new GroupWriter(blobs, Ticker.system(), 2)) {
            for (int i = 0; i < 3_000; i++) {
                written.add(writer.append(BlobName.of("f", i % 5), frame("entry " + i)));
            }
        }

        for (int file = 0; file < 5; file++) {
            List<String> entries = entries(blobs, BlobName.of("f", file));
            assertEquals(600, entries.size());
            assertEquals("entry " + file, entries.getFirst());
            assertEquals("entry " + (2_995 + file), entries.getLast());
        }
        assertEquals(0, written.get(0).get());
        assertEquals(Frames.HEADER + "entry 0".length(), written.get(5).get());
    }

    @Test
    void entriesOfAllSizesAreReadBack() throws Exception {
        FileBlobs blobs = new FileBlobs(folder);
        Random random = new Random(3);
        List<String> texts = new ArrayList<>();
        for (int size : new int[] {0, 1, 100, 262_135, 262_136, 262_137, 700_000, 5, 3 << 20, 0}) {
            texts.add(String.valueOf((char) ('a' + random.nextInt(26))).repeat(size));
        }
        try (GroupWriter writer = new GroupWriter(blobs, Ticker.system(), 2)) {
            texts.forEach(text -> writer.append(BlobName.of("f", "a"), frame(text)));
        }

        List<String> read = entries(blobs, BlobName.of("f", "a"));
        assertEquals(
                texts.stream().map(String::length).toList(),
                read.stream().map(String::length).toList());
        assertTrue(texts.equals(read), "all bytes are as they were");
    }

    @Test
    void readingStopsWhereBytesAreNotWhatWasWritten() throws Exception {
        FileBlobs blobs = new FileBlobs(folder);
        BlobName name = BlobName.of("f", "a");
        try (GroupWriter writer = new GroupWriter(blobs, Ticker.system(), 2)) {
            writer.append(name, frame("one"));
            writer.append(name, frame("two"));
        }
        Path file = folder.resolve("blobs/f/a");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        assertEquals(List.of("one"), entries(blobs, name));
    }

    @Test
    void lengthThatNobodyWroteEndsTheFile() throws Exception {
        FileBlobs blobs = new FileBlobs(folder);
        Files.createDirectories(folder.resolve("blobs/f"));
        Files.write(
                folder.resolve("blobs/f/a"),
                ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).array());
        Files.write(
                folder.resolve("blobs/f/b"), ByteBuffer.allocate(8).putInt(-5).array());

        assertEquals(List.of(), entries(blobs, BlobName.of("f", "a")));
        assertEquals(List.of(), entries(blobs, BlobName.of("f", "b")));
    }

    @Test
    void whatCannotBeWrittenIsNotAcknowledged() throws Exception {
        Files.createDirectories(folder.resolve("blobs"));
        FileBlobs blobs = new FileBlobs(folder);
        Files.createFile(folder.resolve("blobs/f"));
        try (GroupWriter writer = new GroupWriter(blobs, Ticker.system(), 2)) {
            CompletableFuture<Long> failed = writer.append(BlobName.of("f", "a"), frame("x"));
            CompletableFuture<Long> written = writer.append(BlobName.of("g", "a"), frame("x"));

            assertTrue(assertThrows(ExecutionException.class, failed::get).getCause() instanceof IOException);
            assertEquals(0, written.get());
        }
    }

    @Test
    void littleIsWrittenToAnOpenFileBeforeTheCallReturns() throws Exception {
        FileBlobs blobs = new FileBlobs(folder);
        BlobName name = BlobName.of("f", "a");
        try (GroupWriter writer = new GroupWriter(blobs, Ticker.system(), 2)) {
            writer.append(name, frame("one")).get();

            Eventually.eventually(
                    "an append after those of the thread that opened the file",
                    Duration.ofSeconds(10),
                    () -> writer.append(name, frame("another")).isDone());
            List<String> entries = entries(blobs, name);
            assertEquals("one", entries.getFirst());
            assertEquals("another", entries.getLast());
        }
    }

    @Test
    void threadThatAppendsDoesNotWriteWhileTheDiskStalls() throws Exception {
        FileBlobs blobs = new FileBlobs(folder);
        BlobName name = BlobName.of("f", "a");
        CountDownLatch diskIsBack = new CountDownLatch(1);
        try (GroupWriter writer = new GroupWriter(blobs, new SettableTicker(), 2)) {
            writer.append(name, frame("one")).get();
            Eventually.eventually(
                    "an append that is written at once",
                    Duration.ofSeconds(10),
                    () -> writer.append(name, frame("one")).isDone());
            writer.slowly(() -> waitFor(diskIsBack));

            writer.disk().wrote(writer.disk().now() - Duration.ofMillis(11).toNanos());
            CompletableFuture<Long> late = writer.append(name, frame("late"));

            assertFalse(late.isDone());
            diskIsBack.countDown();
            late.get();
        }
        assertEquals("late", entries(blobs, name).getLast());
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void interruptedThreadDoesNotCloseTheFile() throws Exception {
        FileBlobs blobs = new FileBlobs(folder);
        BlobName name = BlobName.of("f", "a");
        try (GroupWriter writer = new GroupWriter(blobs, Ticker.system(), 2)) {
            writer.append(name, frame("one")).get();
            Thread.currentThread().interrupt();
            CompletableFuture<Long> second = writer.append(name, frame("two"));
            assertTrue(Thread.interrupted(), "the interrupt is kept");

            second.get();
            writer.append(name, frame("three")).get();
        }

        assertEquals(List.of("one", "two", "three"), entries(blobs, name));
    }

    @Test
    void manyThreadsAppendInTheirOrderWhileFilesAreClosedAndOpened() throws Exception {
        FileBlobs blobs = new FileBlobs(folder);
        int threads = 6;
        int each = 2_000;
        List<Thread> appending = new ArrayList<>();
        Queue<CompletableFuture<Long>> written = new ConcurrentLinkedQueue<>();
        try (GroupWriter writer = new GroupWriter(blobs, Ticker.system(), 2)) {
            for (int thread = 0; thread < threads; thread++) {
                int own = thread;
                appending.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        BlobName name = BlobName.of("f", i % 3);
                        written.add(writer.append(name, frame(own + " " + i)));
                        if (i % 500 == own) {
                            writer.release(name);
                        }
                    }
                }));
            }
            for (Thread thread : appending) {
                thread.join();
            }
        }

        for (CompletableFuture<Long> one : written) {
            one.get();
        }
        List<String> all = new ArrayList<>();
        for (int file = 0; file < 3; file++) {
            List<String> entries = entries(blobs, BlobName.of("f", file));
            all.addAll(entries);
            for (int thread = 0; thread < threads; thread++) {
                String prefix = thread + " ";
                List<Integer> order = entries.stream()
                        .filter(entry -> entry.startsWith(prefix))
                        .map(entry -> Integer.parseInt(entry.substring(prefix.length())))
                        .toList();
                assertEquals(order.stream().sorted().toList(), order);
            }
        }
        assertEquals(threads * each, all.size());
        assertEquals(threads * each, all.stream().distinct().count());
    }
}
