package dev.datapipeline.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.DatasetIngestor;
import dev.datapipeline.dataset.ingest.IngestLimits;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.storage.FileBlobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetRecordsTest {
    private static final List<String> RECORDS = records();

    @TempDir
    Path folder;

    private FileBlobs blobs;
    private DatasetRecords records;

    /** Small ones, a few around the length of a chunk, one of several chunks. */
    private static List<String> records() {
        Random random = new Random(42);
        List<String> records = new ArrayList<>();
        for (int index = 0; index < 30_000; index++) {
            records.add("{\"i\":" + index + ",\"t\":\"" + "x".repeat(random.nextInt(200)) + "\"}");
        }
        for (int length :
                new int[] {RecordLines.CHUNK - 1, RecordLines.CHUNK, RecordLines.CHUNK + 1, 3 * RecordLines.CHUNK}) {
            records.add("{\"t\":\"" + "y".repeat(length - 9) + "\"}");
            records.add("{\"small\":true}");
        }
        return List.copyOf(records);
    }

    @BeforeEach
    void store() throws IOException {
        blobs = new FileBlobs(folder);
        UUID dataset = UUID.randomUUID();
        byte[] upload = String.join("\n", RECORDS).getBytes(StandardCharsets.US_ASCII);
        IngestLimits limits = new IngestLimits(1L << 30, 16 * 1024 * 1024, 500, 200, 0);
        new DatasetIngestor(blobs, limits).store(dataset, UploadHints.none(), new ByteArrayInputStream(upload));
        records = DatasetRecords.open(blobs, dataset);
    }

    @AfterEach
    void close() throws IOException {
        records.close();
    }

    private static List<String> oneByOne(RecordLines lines) throws IOException {
        List<String> read = new ArrayList<>();
        while (lines.next()) {
            ByteArrayOutputStream record = new ByteArrayOutputStream();
            lines.writeRecord(record);
            read.add(record.toString(StandardCharsets.US_ASCII));
        }
        return read;
    }

    /** Reads as many records as there are; every chunk must be whole lines and no longer than allowed. */
    private static List<String> inChunks(RecordLines lines, int count) throws IOException {
        List<String> read = new ArrayList<>();
        while (read.size() < count) {
            ByteBuffer chunk = lines.nextChunk();
            String text = StandardCharsets.US_ASCII.decode(chunk.duplicate()).toString();
            assertTrue(text.endsWith("\n"), "whole lines");
            List<String> some = text.lines().toList();
            assertTrue(chunk.remaining() <= RecordLines.CHUNK || some.size() == 1, "a long chunk is one record");
            read.addAll(some);
        }
        return read;
    }

    @Test
    void recordsAreCounted() throws IOException {
        assertEquals(RECORDS.size(), records.count());
    }

    @Test
    void allRecordsAreReadOneByOne() throws IOException {
        assertEquals(RECORDS, oneByOne(records.lines(0, RECORDS.size())));
    }

    @Test
    void allRecordsAreReadInChunks() throws IOException {
        assertEquals(RECORDS, inChunks(records.lines(0, RECORDS.size()), RECORDS.size()));
    }

    @Test
    void anyRangeIsRead() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            int first = random.nextInt(RECORDS.size());
            int count = random.nextInt(Math.min(300, RECORDS.size() - first) + 1);
            List<String> expected = RECORDS.subList(first, first + count);

            assertEquals(expected, oneByOne(records.lines(first, count)));
            assertEquals(expected, inChunks(records.lines(first, count), count));
        }
    }

    @Test
    void chunksAreFull() throws IOException {
        RecordLines lines = records.lines(0, 30_000);

        assertTrue(lines.nextChunk().remaining() > RecordLines.CHUNK - 300);
    }

    @Test
    void reportsTheEnd() throws IOException {
        RecordLines none = records.lines(5, 0);
        RecordLines one = records.lines(5, 1);

        assertFalse(none.next());
        assertThrows(EOFException.class, none::nextChunk);
        one.nextChunk();
        assertThrows(EOFException.class, one::nextChunk);
    }

    @Test
    void rejectsRangesBeyondTheEnd() {
        assertThrows(EOFException.class, () -> records.lines(RECORDS.size(), 1));
        assertThrows(NoSuchFileException.class, () -> DatasetRecords.open(blobs, UUID.randomUUID()));
    }
}
