package dev.datapipeline.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.engine.BatchInput;
import dev.datapipeline.engine.BatchOutput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A small batch whose records and results stay in memory. */
final class MemoryBatch implements BatchInput, BatchOutput {
    private static final int LONGEST_INPUT = 1024 * 1024;

    private final ByteBuffer lines;
    private final int records;
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    /** @param lines of JSON, each ended by a line feed */
    MemoryBatch(byte[] lines, int records) {
        this.lines = ByteBuffer.wrap(lines);
        this.records = records;
    }

    @Override
    public long firstRecord() {
        return 0;
    }

    @Override
    public int records() {
        return records;
    }

    /** Records are given one by one where all of them are too long for one input. */
    @Override
    public ByteBuffer next() {
        int end = lines.limit();
        if (lines.remaining() > LONGEST_INPUT) {
            end = lines.position();
            while (lines.get(end) != '\n') {
                end++;
            }
            end++;
        }
        ByteBuffer input = lines.slice(lines.position(), end - lines.position());
        lines.position(end);
        return input;
    }

    @Override
    public void results(ByteBuffer bytes) {
        append(bytes, results);
    }

    @Override
    public void failed(int position, ByteBuffer error) {
        // The error stands in the results as well.
    }

    @Override
    public void log(ByteBuffer text) {
        append(text, log);
    }

    byte[] results() {
        return results.toByteArray();
    }

    String log() {
        return log.toString(UTF_8);
    }

    private static void append(ByteBuffer source, ByteArrayOutputStream target) {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        target.writeBytes(bytes);
    }
}
