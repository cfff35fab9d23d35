package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.json.JsonLines;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.frame.FrameReceiver;
import dev.datapipeline.sandbox.engine.frame.FrameType;
import dev.datapipeline.sandbox.engine.frame.FrameWriter;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sends the records of a batch: BATCH and one INPUT unasked, then one INPUT for each WANT. */
public final class InputSender implements FrameReceiver {
    private static final int BATCH_LENGTH = Long.BYTES + Integer.BYTES;

    private final BatchInput input;
    private final FrameWriter writer;
    /** Records of the last INPUT. The input may reuse the buffer, so the next one is read when these are sent. */
    private ByteBuffer lines = ByteBuffer.allocate(0);

    private int left;
    private boolean isWanted;

    InputSender(BatchInput input, FrameWriter writer) {
        this.input = input;
        this.writer = writer;
        this.left = input.records();
    }

    void begin() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(FrameType.HEADER + BATCH_LENGTH + FrameType.HEADER)
                .putInt(BATCH_LENGTH)
                .put(FrameType.BATCH.code())
                .putLong(input.firstRecord())
                .putInt(input.records());
        addInput(header);
    }

    @Override
    public void accept(ByteBuffer part, int length) throws SandboxFailureException {
        if (isWanted || left == 0) {
            throw SandboxFailureException.violation(
                    isWanted ? "input is asked for twice" : "more input is asked for than the batch has");
        }
        isWanted = true;
    }

    /** Queues the INPUT that the engine asked for, once the one before is sent. */
    void answer() throws IOException {
        if (isWanted && !lines.hasRemaining()) {
            isWanted = false;
            addInput(ByteBuffer.allocate(FrameType.HEADER));
        }
    }

    boolean isComplete() {
        return left == 0 && !lines.hasRemaining();
    }

    private void addInput(ByteBuffer header) throws IOException {
        lines = input.next();
        int count = JsonLines.count(lines);
        if (count == 0 || count > left || lines.remaining() > FrameType.INPUT.limit()) {
            throw new IllegalStateException("input of " + count + " lines and " + lines.remaining() + " bytes where "
                    + left + " records were left");
        }
        left -= count;
        header.putInt(lines.remaining()).put(FrameType.INPUT.code()).flip();
        writer.add(header, lines);
    }
}
