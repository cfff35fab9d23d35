package dev.datapipeline.worker.retry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.sandbox.engine.OriginalRecords;
import dev.datapipeline.storage.BlobAppender;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.FileBlobs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryInputTest {
    private static final BlobName NAME = BlobName.of("datasets", "d", "records");

    @TempDir
    Path folder;

    @Test
    void onlyChosenRecordsAreSentInOrder() throws IOException {
        try (BlobReader records = store("{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n")) {
            RetryInput lines = chosen(records, 1, 3);

            assertEquals(2, lines.records());
            assertEquals(0, lines.firstRecord());
            assertEquals(41, lines.index(0));
            assertEquals(43, lines.index(1));
            assertEquals("{\"n\":1}\n{\"n\":3}\n", UTF_8.decode(lines.next()).toString());
        }
    }

    @Test
    void originalsAreTheChosenRecords() throws IOException {
        try (BlobReader records = store("{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n")) {
            OriginalRecords originals = chosen(records, 1, 3).originals();
            ByteArrayOutputStream second = new ByteArrayOutputStream();

            originals.moveTo(1);
            originals.writeTo(second);

            assertEquals("{\"n\":3}", second.toString(UTF_8));
            assertThrows(IndexOutOfBoundsException.class, () -> originals.moveTo(2));
        }
    }

    @Test
    void chunksAreBoundedUnlessOneRecordIsLonger() throws IOException {
        String half = "\"" + "x".repeat(RecordLines.CHUNK / 2) + "\"\n";
        String whole = "\"" + "y".repeat(RecordLines.CHUNK) + "\"\n";
        try (BlobReader records = store(half + half + whole + half)) {
            RetryInput lines = chosen(records, 0, 1, 2, 3);

            StringBuilder given = new StringBuilder();
            for (int chunk = 0; chunk < 4; chunk++) {
                ByteBuffer bytes = lines.next();
                assertTrue(bytes.remaining() <= RecordLines.CHUNK || bytes.remaining() == whole.length());
                given.append(UTF_8.decode(bytes));
            }

            assertEquals(half + half + whole + half, given.toString());
        }
    }

    private static RetryInput chosen(BlobReader records, int... positions) throws IOException {
        return new RetryInput(40, () -> new RecordLines(records, 0, records.size()), positions);
    }

    private BlobReader store(String lines) throws IOException {
        FileBlobs blobs = new FileBlobs(folder);
        try (BlobAppender appender = blobs.append(NAME)) {
            appender.write(ByteBuffer.wrap(lines.getBytes(UTF_8)));
        }
        return blobs.open(NAME);
    }
}
