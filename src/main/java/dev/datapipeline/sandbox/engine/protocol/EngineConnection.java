package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.EngineLimits;
import dev.datapipeline.sandbox.engine.HeldPipeline;
import dev.datapipeline.sandbox.engine.LoadedPipeline;
import dev.datapipeline.sandbox.engine.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The service's side of docs/engine-protocol.md. One thread at a time, but for {@link #close()}, which ends whatever goes on with
 * {@link SandboxFailure#CLOSED}. After any failure the connection is of no further use.
 */
public final class EngineConnection implements Closeable {
    private static final int PROTOCOL = 1;

    /** For parsing one script, in a process made for it. */
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(15);

    /** For the engine itself, beyond what the loading of scripts may take. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final EngineChannel channel;
    private final EngineLimits limits;
    private final Ticker ticker;
    private @Nullable LoadedPipeline pipeline;
    private boolean isClean = true;

    public EngineConnection(SocketChannel socket, EngineLimits limits, Ticker ticker) throws IOException {
        this.channel = new EngineChannel(socket);
        this.limits = limits;
        this.ticker = ticker;
    }

    /** Takes the first word of the engine, which names itself. */
    public EngineDocuments.Hello greet(Duration timeout) throws SandboxFailureException {
        Document document = await(EnumSet.of(FrameType.HELLO), ticker.deadlineIn(timeout));
        EngineDocuments.Hello hello = EngineDocuments.hello(document.payload());
        if (hello.protocol() != PROTOCOL) {
            throw SandboxFailureException.violation("protocol " + hello.protocol() + " instead of " + PROTOCOL);
        }
        return hello;
    }

    public List<ScriptProblem> check(String source) throws SandboxFailureException {
        Deadline deadline = ticker.deadlineIn(CHECK_TIMEOUT);
        send(FrameHeader.write(FrameType.CHECK, source.getBytes(StandardCharsets.UTF_8)), deadline);
        return EngineDocuments.checked(
                await(EnumSet.of(FrameType.CHECKED), deadline).payload());
    }

    /** Once in the life of a connection. The scripts are let go of as soon as they are sent: loading them is the work of their author. */
    public void load(PipelineSource source)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        LoadedPipeline loaded;
        Deadline deadline;
        try (HeldPipeline held = source.open()) {
            deadline = ticker.deadlineIn(limits.loadTimeout().plus(GRACE));
            loaded = LoadedPipeline.of(held.pipeline());
            send(EngineDocuments.pipelineFrame(held.pipeline(), limits), deadline);
        }
        Document answer = await(EnumSet.of(FrameType.LOADED, FrameType.REFUSED), deadline);
        if (answer.type() == FrameType.REFUSED) {
            throw new PipelineRefusedException(EngineDocuments.error(answer.payload()));
        }
        pipeline = loaded;
    }

    public BatchSummary run(BatchExchange exchange) throws SandboxFailureException, IOException {
        if (pipeline == null) {
            throw new IllegalStateException("no pipeline is loaded");
        }
        isClean = false;
        BatchSession session = new BatchSession(channel, pipeline, limits, exchange, ticker);
        BatchSummary summary = session.run();
        isClean = session.leavesCleanly();
        return summary;
    }

    /** Whether the next request can be made: the engine lives, is silent, and nothing is left over from the last one. */
    public boolean isReady() {
        return isClean && channel.isQuiet();
    }

    @Override
    public void close() {
        channel.close();
    }

    private record Document(FrameType type, ByteBuffer payload) {}

    private Document await(Set<FrameType> expected, Deadline deadline) throws SandboxFailureException {
        ByteBuffer received = channel.received();
        receive(FrameType.HEADER, deadline);
        FrameHeader header = FrameHeader.read(received);
        if (!expected.contains(header.type())) {
            throw SandboxFailureException.violation(header.type() + " where " + expected + " was due");
        }
        receive(header.length(), deadline);
        ByteBuffer payload = received.slice(received.position(), header.length());
        received.position(received.position() + header.length());
        return new Document(header.type(), payload);
    }

    /** Waits until so many bytes have come. */
    private void receive(int bytes, Deadline deadline) throws SandboxFailureException {
        while (channel.received().remaining() < bytes) {
            if (!channel.receive()) {
                await(false, deadline);
            }
        }
    }

    private void send(ByteBuffer frame, Deadline deadline) throws SandboxFailureException {
        while (frame.hasRemaining()) {
            if (!channel.send(frame)) {
                await(true, deadline);
            }
        }
    }

    private void await(boolean alsoToSend, Deadline deadline) throws SandboxFailureException {
        if (deadline.isOver()) {
            throw SandboxFailureException.died("The engine of the sandbox did not answer in time.", null);
        }
        channel.await(alsoToSend, deadline.left());
    }
}
