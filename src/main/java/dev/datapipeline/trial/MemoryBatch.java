package dev.datapipeline.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.result.ResultReader;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.MemoryRecords;
import dev.datapipeline.sandbox.engine.OriginalRecords;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A small batch whose records and results stay in memory, as far as they fit. */
final class MemoryBatch implements BatchInput, BatchOutput {
    private static final int MAX_INPUT = 1024 * 1024;

    private final byte[] allLines;
    private final ByteBuffer lines;
    private final int records;
    private final MemoryResults results;
    private final long maxResultBytes;
    private final Runnable whenFull;
    private Room room = Room.ENOUGH;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    enum Room {
        ENOUGH,
        RESULTS_TOO_LARGE,
        NO_MEMORY
    }

    MemoryBatch(byte[] lines, int records, MemoryResults results, long maxResultBytes, Runnable whenFull) {
        this.allLines = lines;
        this.lines = ByteBuffer.wrap(lines);
        this.records = records;
        this.results = results;
        this.maxResultBytes = maxResultBytes;
        this.whenFull = whenFull;
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
        if (lines.remaining() > MAX_INPUT) {
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
    public OriginalRecords originals() {
        return new MemoryRecords(allLines);
    }

    @Override
    public void results(ByteBuffer bytes) {
        if (room != Room.ENOUGH) {
            return;
        }
        if (results.size() + bytes.remaining() > maxResultBytes) {
            leaveOut(Room.RESULTS_TOO_LARGE);
        } else if (!results.append(bytes)) {
            leaveOut(Room.NO_MEMORY);
        }
    }

    @Override
    public void failed(int position, ByteBuffer error) {
        // The error stands in the results as well.
    }

    @Override
    public void log(ByteBuffer text) {
        byte[] bytes = new byte[text.remaining()];
        text.get(bytes);
        log.writeBytes(bytes);
    }

    Room room() {
        return room;
    }

    /** Walks the results that are whole. */
    ResultReader results() {
        return new ResultReader(results, 0, results.wholeRecords());
    }

    String log() {
        return log.toString(UTF_8);
    }

    private void leaveOut(Room reason) {
        room = reason;
        whenFull.run();
    }
}
