package dev.datapipeline.result;

import static dev.datapipeline.result.ChangeBytes.Piece.ofParts;
import static dev.datapipeline.result.ChangeBytes.Piece.ofRecord;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.storage.MemoryBlob;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Values that are stored as changes, joined while they are read; and results that a version without changes has stored. */
class ChangedResultsTest {
    /** Longer than the windows of both readers. */
    private static final String LONG = "x".repeat(700_000);

    private static final String SHORT = "{\"id\":7}";

    @Test
    void valuesAreJoinedBeyondTheWindowsOfTheReaders() throws IOException {
        String record = "{\"id\":1,\"text\":\"" + LONG + "\",\"end\":2}";
        int end = record.length() - 1;
        ChangeBytes result = ChangeBytes.record(0).change(",\"new\":\"" + LONG + "\"}", ofRecord("{", 1, end - 1));
        int added = result.size() - LONG.length() - 9;
        result.whole("{\"whole\":\"" + LONG + "\"}");
        result.change("}", ofParts("{", added, LONG.length() + 8), ofRecord(",", end - 7, 7));
        result.same();

        RecordLines lines = lines(SHORT + "\n" + record + "\n" + SHORT + "\n");
        assertTrue(lines.next());
        assertTrue(lines.next());
        ResultReader reader = reader(result.succeeded());

        assertEquals(record.substring(0, end) + ",\"new\":\"" + LONG + "\"}", value(reader, 0, lines));
        assertEquals("{\"whole\":\"" + LONG + "\"}", value(reader, 1, lines));
        assertEquals("{\"new\":\"" + LONG + "\",\"end\":2}", value(reader, 2, lines));
        assertEquals("{\"new\":\"" + LONG + "\",\"end\":2}", value(reader, 3, lines));
        assertTrue(lines.next());
        assertEquals(SHORT, value(reader(ChangeBytes.record(0).same().same().succeeded()), 1, lines));
    }

    @Test
    void everyPartOfALongRecordCanBeCopied() throws IOException {
        String record = "{\"text\":\"" + LONG + "\"}";
        RecordLines lines = lines(SHORT + "\n" + record + "\n");
        assertTrue(lines.next());
        assertTrue(lines.next());
        for (int start : new int[] {0, 1, 262_130, 262_135, 262_136, 262_144, 300_000, record.length()}) {
            for (int length : new int[] {0, 1, 65_536, 65_537, 262_144}) {
                ByteArrayOutputStream target = new ByteArrayOutputStream();
                if (start + length <= record.length()) {
                    lines.write(start, length, target);
                    assertEquals(record.substring(start, start + length), target.toString(UTF_8));
                } else {
                    assertThrows(EOFException.class, () -> lines.write(start, length, target));
                }
            }
        }
    }

    @Test
    void changeThatReachesBeyondItsRecordIsAnError() throws IOException {
        RecordLines lines = lines(SHORT + "\n");
        assertTrue(lines.next());
        ResultReader ofRecord =
                reader(ChangeBytes.record(0).change("}", ofRecord("{", 1, 100)).succeeded());
        ResultReader ofParts =
                reader(ChangeBytes.record(0).change("}", ofParts("{", 1, 100)).succeeded());
        ResultReader table =
                reader(ChangeBytes.record(0).change(new byte[] {9, 9}, "{}").succeeded());

        assertThrows(EOFException.class, () -> value(ofRecord, 0, lines));
        assertThrows(EOFException.class, () -> value(ofParts, 0, lines));
        assertThrows(EOFException.class, () -> value(table, 0, lines));
    }

    /** The file was written by a service whose engine spoke protocol 1: two succeeded records, a failed and a skipped one. */
    @Test
    void resultsOfProtocolOneStayReadable() throws IOException {
        byte[] stored;
        try (InputStream file = ChangedResultsTest.class.getResourceAsStream("protocol-1.results")) {
            assertTrue(file != null);
            stored = file.readAllBytes();
        }
        RecordLines lines = lines("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n{\"n\":4}\n");
        ResultReader reader = new ResultReader(new MemoryBlob(stored), 0, stored.length);
        StringBuilder told = new StringBuilder();
        while (reader.next()) {
            assertTrue(lines.next());
            assertEquals(reader.length(), reader.joinedLength(lines));
            told.append(reader.position()).append(' ').append(reader.status());
            for (int i = 0; i < reader.values(); i++) {
                told.append(' ').append(value(reader, i, lines));
            }
            told.append('\n');
        }
        assertEquals("""
                0 SUCCEEDED {"n":1} {"n":1,"doubled":2}
                1 SUCCEEDED {"n":2} {"n":2,"doubled":4}
                2 FAILED {"n":3}
                3 SKIPPED
                """, told.toString());
    }

    private static RecordLines lines(String lines) {
        byte[] bytes = lines.getBytes(UTF_8);
        return new RecordLines(new MemoryBlob(bytes), 0, bytes.length);
    }

    private static ResultReader reader(byte[] stored) throws IOException {
        ResultReader reader = new ResultReader(new MemoryBlob(stored), 0, stored.length);
        assertTrue(reader.next());
        return reader;
    }

    private static String value(ResultReader reader, int i, RecordLines lines) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        reader.writeValue(i, lines, target);
        assertEquals(target.size(), reader.valueLength(i, lines));
        return target.toString(UTF_8);
    }
}
