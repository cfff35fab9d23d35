package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.builder.CompiledFiles;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.frame.FrameHeader;
import dev.datapipeline.sandbox.engine.frame.FrameReader;
import dev.datapipeline.sandbox.engine.frame.FrameReceiver;
import dev.datapipeline.sandbox.engine.frame.FrameType;
import dev.datapipeline.sandbox.engine.frame.FrameWriter;
import dev.datapipeline.sandbox.engine.frame.WholePayload;
import dev.datapipeline.time.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** One order of a build, from its frame to the answer, in one thread. Log and files arrive in between. */
final class BuilderExchange {
    private final FrameReader reader;
    private final FrameWriter writer;
    private final FrameType answerType;
    private final FrameReceiver log;
    private final Deadline deadline;
    private final BitSet received = new BitSet();
    private int ordered;
    private @Nullable CompiledFiles files;
    private @Nullable ByteBuffer answer;

    BuilderExchange(
            FrameReader reader, FrameWriter writer, FrameType answerType, FrameReceiver log, Deadline deadline) {
        this.reader = reader;
        this.writer = writer;
        this.answerType = answerType;
        this.log = log;
        this.deadline = deadline;
    }

    void expectFiles(int count, CompiledFiles target) {
        ordered = count;
        files = target;
    }

    void send(FrameType order, ByteBuffer payload) {
        writer.add(FrameHeader.of(order, payload.remaining()), payload);
    }

    /** Files that have arrived. */
    int files() {
        return received.cardinality();
    }

    /** Receives until the answer is there. */
    ByteBuffer answer() throws SandboxFailureException, IOException, InterruptedException {
        while (answer == null) {
            boolean hasSent = writer.send();
            boolean hasReceived = reader.receive(this::receiver);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (answer == null && !hasSent && !hasReceived) {
                writer.await(deadline.left());
            }
            if (deadline.isOver()) {
                throw SandboxFailureException.died("The builder did not carry out an order in time.", null);
            }
        }
        return answer;
    }

    private FrameReceiver receiver(FrameType type) throws SandboxFailureException {
        if (answer == null && type == answerType) {
            return new WholePayload(payload -> answer = payload);
        }
        if (answer == null && type == FrameType.LOG) {
            return log;
        }
        if (answer == null && type == FrameType.FILE && files != null) {
            CompiledFiles target = files;
            return new WholePayload(payload -> file(payload, target));
        }
        throw SandboxFailureException.violation(type + " where " + answerType + " was due");
    }

    private void file(ByteBuffer payload, CompiledFiles target) throws SandboxFailureException, IOException {
        if (payload.remaining() <= Integer.BYTES) {
            throw SandboxFailureException.violation("a file without byte code");
        }
        int index = payload.getInt();
        if (index < 0 || index >= ordered || received.get(index)) {
            throw SandboxFailureException.violation("a file that was not ordered, or that is there already");
        }
        received.set(index);
        target.accept(index, payload.asReadOnlyBuffer());
    }
}
