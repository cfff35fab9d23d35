package dev.datapipeline.sandbox.engine;

import java.io.IOException;
import java.io.OutputStream;

/** Records of a batch that are in memory. */
public final class MemoryRecords implements OriginalRecords {
    private final byte[] lines;
    private int position = -1;
    private int start;
    private int end = -1;

    /** @param lines each with a line feed; not copied */
    public MemoryRecords(byte[] lines) {
        this.lines = lines;
    }

    @Override
    public void moveTo(int wanted) {
        for (; position < wanted; position++) {
            start = end + 1;
            end = start;
            while (lines[end] != '\n') {
                end++;
            }
        }
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        target.write(lines, start, end - start);
    }
}
