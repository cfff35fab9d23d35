package dev.datapipeline.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlobsTest {
    private static final BlobName NAME = BlobName.of("runs", "a", "1");

    @TempDir
    Path folder;

    private FileBlobs blobs;

    @BeforeEach
    void open() throws IOException {
        blobs = new FileBlobs(folder);
    }

    @Test
    void blobIsVisibleOnlyOncePublished() throws IOException {
        try (BlobWriter draft = blobs.create(NAME)) {
            write(draft, "whole");

            assertThrows(NoSuchFileException.class, () -> blobs.open(NAME));
            draft.publish();
        }

        assertEquals("whole", content(NAME));
    }

    @Test
    void unpublishedBlobLeavesNothing() throws IOException {
        try (BlobWriter draft = blobs.create(NAME)) {
            write(draft, "half");
        }

        assertEquals(List.of(), files());
    }

    @Test
    void publishingReplacesTheBlobAtomically() throws IOException {
        publish("old");
        try (BlobReader before = blobs.open(NAME)) {
            publish("new");

            assertEquals("old", content(before), "a reader keeps what it opened");
        }
        assertEquals("new", content(NAME));
        assertEquals(List.of("blobs/runs/a/1"), files());
    }

    @Test
    void draftsOfADeadProcessAreRemovedAtTheNextStart() throws IOException {
        try (BlobWriter draft = blobs.create(NAME)) {
            write(draft, "half");
            publish("whole");

            new FileBlobs(folder);

            assertEquals(List.of("blobs/runs/a/1"), files());
        }
    }

    @Test
    void appenderContinuesAtTheEnd() throws IOException {
        append("one");
        append("two");

        assertEquals("onetwo", content(NAME));
    }

    @Test
    void appenderKnowsItsSizeFromTheStart() throws IOException {
        append("four");

        try (BlobAppender appender = blobs.append(NAME)) {
            assertEquals(4, appender.size());
            write(appender, "more");
            appender.force();
            assertEquals(8, appender.size());
        }
    }

    @Test
    void appendedBytesAreReadableAtOnce() throws IOException {
        try (BlobAppender appender = blobs.append(NAME)) {
            write(appender, "now");

            assertEquals("now", content(NAME));
        }
    }

    @Test
    void readsEndWithTheBlob() throws IOException {
        publish("0123456789");

        try (BlobReader reader = blobs.open(NAME)) {
            assertEquals(10, reader.size());
            assertEquals("789", text(reader, 7, 5));
            assertEquals("", text(reader, 10, 5));
            assertEquals("", text(reader, 1_000, 5));
        }
    }

    @Test
    void folderIsDeletedWithEverythingInIt() throws IOException {
        publish("x");
        append(BlobName.of("runs", "a", "2"));
        append(BlobName.of("runs", "b", "1"));

        blobs.delete(BlobName.of("runs", "a"));
        blobs.delete(BlobName.of("runs", "a"));

        assertEquals(List.of("blobs/runs/b/1"), files());
    }

    @Test
    void readerOfADeletedBlobContinues() throws IOException {
        publish("still here");

        try (BlobReader reader = blobs.open(NAME)) {
            blobs.delete(NAME);

            assertEquals("still here", content(reader));
        }
        assertThrows(NoSuchFileException.class, () -> blobs.open(NAME));
    }

    @Test
    void concurrentDeletionsSucceed() throws Exception {
        for (int blob = 0; blob < 200; blob++) {
            append(BlobName.of("runs", "a", blob));
        }

        Stream.generate(() -> BlobName.of("runs", "a")).limit(8).parallel().forEach(this::delete);

        assertEquals(List.of(), files());
    }

    @Test
    void freeBytesAreThoseOfTheFolder() throws IOException {
        assertTrue(blobs.freeBytes() > 0);
    }

    private void delete(BlobName name) {
        try {
            blobs.delete(name);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private void publish(String text) throws IOException {
        try (BlobWriter draft = blobs.create(NAME)) {
            write(draft, text);
            assertEquals(text.length(), draft.size());
            draft.publish();
        }
    }

    private void append(String text) throws IOException {
        try (BlobAppender appender = blobs.append(NAME)) {
            write(appender, text);
        }
    }

    private void append(BlobName name) throws IOException {
        try (BlobAppender appender = blobs.append(name)) {
            write(appender, "x");
        }
    }

    private static void write(java.nio.channels.WritableByteChannel target, String text) throws IOException {
        target.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private String content(BlobName name) throws IOException {
        try (BlobReader reader = blobs.open(name)) {
            return content(reader);
        }
    }

    private static String content(BlobReader reader) throws IOException {
        return text(reader, 0, 100);
    }

    private static String text(BlobReader reader, long offset, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(most);
        int read = reader.read(bytes, offset);
        return new String(bytes.array(), 0, read, UTF_8);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
