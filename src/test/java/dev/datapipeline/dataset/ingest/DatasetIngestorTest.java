package dev.datapipeline.dataset.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.dataset.DatasetRecords;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.BlobWriter;
import dev.datapipeline.storage.Blobs;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.storage.ScratchFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetIngestorTest {
    private static final IngestLimits LIMITS = new IngestLimits(10_000, 1_000, 500, 200, 0);

    @TempDir
    Path folder;

    private final UUID dataset = UUID.randomUUID();
    private Blobs blobs;

    @BeforeEach
    void openBlobs() throws IOException {
        blobs = new FileBlobs(folder);
    }

    private IngestSummary store(String upload, @Nullable DatasetFormat format) {
        return store(stream(upload), format, LIMITS);
    }

    private IngestSummary store(InputStream upload, @Nullable DatasetFormat format, IngestLimits limits) {
        return new DatasetIngestor(blobs, limits).store(dataset, Reading.hints(format), upload);
    }

    private static InputStream stream(String text) {
        return new TrickleStream(text.getBytes(StandardCharsets.UTF_8), 100);
    }

    private void assertRejected(ProblemType type, InputStream upload, IngestLimits limits) throws IOException {
        ProblemException rejection =
                assertThrows(ProblemException.class, () -> store(upload, DatasetFormat.NDJSON, limits));

        assertEquals(type, rejection.type());
        assertNothingStays();
    }

    private void assertNothingStays() throws IOException {
        try (Stream<Path> left = Files.walk(folder)) {
            assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
        }
    }

    @Test
    void recordsAndOffsetsAreStored() throws IOException {
        IngestSummary ingested = store("[{\"a\": 1.10},\n {\n\"b\":[]}, {}]", null);

        assertEquals(3, ingested.records());
        assertEquals(29, ingested.bytes());
        Path stored = folder.resolve("blobs/datasets").resolve(dataset.toString());
        assertEquals("{\"a\": 1.10}\n{\"b\":[]}\n{}\n", Files.readString(stored.resolve("records.ndjson")));
        assertArrayEquals(
                ByteBuffer.allocate(32)
                        .putLong(0)
                        .putLong(12)
                        .putLong(21)
                        .putLong(24)
                        .array(),
                Files.readAllBytes(stored.resolve("offsets")));
    }

    @Test
    void digestIsThatOfTheUpload() {
        String upload = "\uFEFF{\"a\":1}\r\n";

        assertEquals(
                "efa5b3ea7fd48f65f4b521cd0956a4bafbc86cda05823b071f48a9aae1021e40",
                store(upload, null).sha256());
    }

    @Test
    void recordsLongerThanTheBuffersAreStoredWhole() throws IOException {
        String record = "{\"text\":\"" + "x".repeat(2_000_000) + "\"}";
        IngestLimits limits = new IngestLimits(100_000_000, 16 * 1024 * 1024, 500, 200, 0);

        store(stream("[{}," + record + ",{}," + record + "]"), null, limits);

        try (DatasetRecords records = DatasetRecords.open(blobs, dataset)) {
            RecordLines last = records.lines(3, 1);
            assertEquals(
                    record + "\n",
                    StandardCharsets.US_ASCII.decode(last.nextChunk()).toString());
        }
    }

    @Test
    void nothingStaysOfARejectedUpload() throws IOException {
        assertRejected(ProblemType.INVALID_JSON, stream("{\"a\":1}\n".repeat(1000) + "{"), LIMITS);
        assertRejected(ProblemType.EMPTY_BODY, stream("\n"), LIMITS);
        assertRejected(ProblemType.RECORD_TOO_LARGE, stream("{}\n{\"a\":\"" + "x".repeat(1_000) + "\"}"), LIMITS);
    }

    @Test
    void uploadBeyondItsLimitIsRejected() throws IOException {
        assertEquals(1250, store("{\"a\":1}\n".repeat(1_250), null).records());
        blobs.delete(DatasetBlobs.folder(dataset));

        assertRejected(ProblemType.TOO_LARGE, stream("{\"a\":1}\n".repeat(1_250) + "\n"), LIMITS);
    }

    @Test
    void uploadThatBreaksOffIsRejected() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertRejected(ProblemType.INVALID_REQUEST, new SequenceInputStream(stream("{\"a\":1}\n"), broken), LIMITS);
    }

    @Test
    void rejectsUploadsOnANearlyFullDisk() throws IOException {
        IngestLimits limits = new IngestLimits(10_000, 1_000, 500, 200, Long.MAX_VALUE);

        assertRejected(ProblemType.NO_SPACE, stream("{}"), limits);
        assertEquals(
                ProblemType.NO_SPACE,
                assertThrows(ProblemException.class, () -> new DatasetIngestor(blobs, limits).checkLength(1))
                        .type());
    }

    @Test
    void reportsADiskThatFillsUp() throws IOException {
        blobs = new FullDisk(blobs);

        assertRejected(ProblemType.NO_SPACE, stream("{}"), LIMITS);
    }

    @Test
    void announcedLengthBeyondTheLimitIsRejected() {
        DatasetIngestor ingest = new DatasetIngestor(blobs, LIMITS);

        ingest.checkLength(10_000);
        assertEquals(
                ProblemType.TOO_LARGE,
                assertThrows(ProblemException.class, () -> ingest.checkLength(10_001))
                        .type());
    }

    /** Takes drafts but none of their bytes, with the words of Linux. */
    private record FullDisk(Blobs blobs) implements Blobs {
        @Override
        public long size(BlobName folder) throws IOException {
            return blobs.size(folder);
        }

        @Override
        public BlobWriter create(BlobName name) throws IOException {
            BlobWriter blob = blobs.create(name);
            return new BlobWriter() {
                @Override
                public long size() {
                    return blob.size();
                }

                @Override
                public void publish() throws IOException {
                    blob.publish();
                }

                @Override
                public int write(ByteBuffer source) throws IOException {
                    throw new IOException("No space left on device");
                }

                @Override
                public boolean isOpen() {
                    return blob.isOpen();
                }

                @Override
                public void close() throws IOException {
                    blob.close();
                }
            };
        }

        @Override
        public BlobReader open(BlobName name) throws IOException {
            return blobs.open(name);
        }

        @Override
        public void delete(BlobName name) throws IOException {
            blobs.delete(name);
        }

        @Override
        public List<BlobName> unchangedSince(BlobName folder, Instant before) throws IOException {
            return blobs.unchangedSince(folder, before);
        }

        @Override
        public long freeBytes() throws IOException {
            return blobs.freeBytes();
        }

        @Override
        public ScratchFile scratch() throws IOException {
            return blobs.scratch();
        }
    }
}
