package dev.datapipeline.dataset.ingest.workbook;

import dev.datapipeline.json.JsonLineBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The texts that the cells of a workbook refer to, as JSON strings. They stay in memory, so that they are bounded. */
final class SharedTexts {
    static final long MOST_BYTES = 96L * 1024 * 1024;

    private static final int CHUNK = 1024 * 1024;
    private static final int MOST_TEXTS = 4_000_000;

    private final String part;
    private final List<byte[]> chunks = new ArrayList<>();
    private long[] ends = new long[1024];
    private int count;

    SharedTexts(String part) {
        this.part = part;
    }

    /** The part that holds them. */
    static SharedTexts read(String part, XmlCursor cursor) {
        SharedTexts texts = new SharedTexts(part);
        JsonLineBuilder line = new JsonLineBuilder();
        while (cursor.next()) {
            if (cursor.isStart("si")) {
                line.clear();
                line.appendString(RichText.read(cursor, "si"));
                texts.add(line.toByteArray());
            }
        }
        return texts;
    }

    void add(byte[] text) {
        long start = start(count);
        if (start + text.length > MOST_BYTES || count == MOST_TEXTS) {
            throw WorkbookProblem.invalidPart(
                    part, "has more than %,d bytes or %,d texts".formatted(MOST_BYTES, MOST_TEXTS));
        }
        int copied = 0;
        while (copied < text.length) {
            int inChunk = (int) ((start + copied) % CHUNK);
            if (inChunk == 0) {
                chunks.add(new byte[CHUNK]);
            }
            int length = Math.min(text.length - copied, CHUNK - inChunk);
            System.arraycopy(text, copied, chunks.getLast(), inChunk, length);
            copied += length;
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = start + text.length;
    }

    /** Whether there is a text of this number. */
    boolean has(int index) {
        return index >= 0 && index < count;
    }

    void appendTo(JsonLineBuilder line, int index) {
        long at = start(index);
        while (at < ends[index]) {
            int inChunk = (int) (at % CHUNK);
            int length = (int) Math.min(ends[index] - at, CHUNK - inChunk);
            line.append(chunks.get((int) (at / CHUNK)), inChunk, length);
            at += length;
        }
    }

    private long start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
