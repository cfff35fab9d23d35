package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The way of a batch to the engine: BATCH and one INPUT unasked, then one INPUT for each WANT, as fast as the socket takes them. */
final class InputSender {
    private static final int NOTHING = 0;

    private final BatchInput input;
    private final ByteBuffer head = ByteBuffer.allocate(2 * FrameType.HEADER + Long.BYTES + Integer.BYTES)
            .limit(NOTHING);
    private ByteBuffer lines = ByteBuffer.allocate(NOTHING);
    private int left;
    private boolean isWanted;

    InputSender(BatchInput input) throws IOException {
        this.input = input;
        this.left = input.records();
        head.clear()
                .putInt(Long.BYTES + Integer.BYTES)
                .put(FrameType.BATCH.code())
                .putLong(input.firstRecord())
                .putInt(input.records());
        nextInput();
    }

    /** The engine asks for more. */
    void want() throws SandboxFailureException {
        if (isWanted || left == 0) {
            throw SandboxFailureException.violation(
                    isWanted ? "input is asked for twice" : "more input is asked for than the batch has");
        }
        isWanted = true;
    }

    /** Hands over what is due and fits; returns false when nothing moved. */
    boolean send(EngineChannel channel) throws SandboxFailureException, IOException {
        if (isWanted && !isPending()) {
            isWanted = false;
            head.clear();
            nextInput();
        }
        if (head.hasRemaining()) {
            return channel.send(head);
        }
        return lines.hasRemaining() && channel.send(lines);
    }

    /** Whether something waits for the socket. */
    boolean isPending() {
        return head.hasRemaining() || lines.hasRemaining();
    }

    /** Whether the engine got every record. */
    boolean isComplete() {
        return left == 0 && !isPending();
    }

    /** Puts the header of the next INPUT behind what stands in {@link #head}. */
    private void nextInput() throws IOException {
        lines = input.next();
        int count = JsonLines.count(lines);
        if (count == 0 || count > left || lines.remaining() > FrameType.INPUT.limit()) {
            throw new IllegalStateException("input of " + count + " lines and " + lines.remaining() + " bytes where "
                    + left + " records were left");
        }
        left -= count;
        head.putInt(lines.remaining()).put(FrameType.INPUT.code()).flip();
    }
}
