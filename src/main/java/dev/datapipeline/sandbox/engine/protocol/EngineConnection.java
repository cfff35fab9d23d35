package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.engine.frame.EngineChannel;
import dev.datapipeline.sandbox.engine.frame.FrameHeader;
import dev.datapipeline.sandbox.engine.frame.FrameReader;
import dev.datapipeline.sandbox.engine.frame.FrameType;
import dev.datapipeline.sandbox.engine.frame.FrameWriter;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.engine.pipeline.HeldPipeline;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.pipeline.PipelineSource;
import dev.datapipeline.sandbox.engine.pipeline.Priming;
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
import org.jspecify.annotations.Nullable;

/** The service's side of docs/engine-protocol.md. Only {@link #close()} may come from another thread. Not to be used after a failure. */
public final class EngineConnection implements Closeable {
    private static final int PROTOCOL = 2;

    /** Time to parse one script in a process of its own. */
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(15);

    /** Time for the engine itself, in addition to what loading the scripts may take. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final EngineChannel channel;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final EngineLimits limits;
    private final Ticker ticker;
    private @Nullable LoadedPipeline pipeline;
    /** The environment whose modules the engine has imported already. */
    private @Nullable String primedFor;

    /** False during a batch, and after one that failed or left frames behind. */
    private boolean isClean = true;

    public EngineConnection(SocketChannel socket, EngineLimits limits, Ticker ticker) throws IOException {
        this.channel = new EngineChannel(socket);
        this.reader = new FrameReader(channel);
        this.writer = new FrameWriter(channel);
        this.limits = limits;
        this.ticker = ticker;
    }

    /** Receives HELLO, the first frame of the engine. */
    public EngineDocuments.Hello greet(Duration timeout) throws SandboxFailureException {
        FrameReader.Document document = reader.await(EnumSet.of(FrameType.HELLO), ticker.deadlineIn(timeout));
        EngineDocuments.Hello hello = EngineDocuments.hello(document.payload());
        if (hello.protocol() != PROTOCOL) {
            throw SandboxFailureException.violation("protocol " + hello.protocol() + " instead of " + PROTOCOL);
        }
        return hello;
    }

    public List<ScriptProblem> check(String source) throws SandboxFailureException {
        Deadline deadline = ticker.deadlineIn(CHECK_TIMEOUT);
        send(FrameType.CHECK, ByteBuffer.wrap(source.getBytes(StandardCharsets.UTF_8)), deadline);
        return EngineDocuments.checked(
                reader.await(EnumSet.of(FrameType.CHECKED), deadline).payload());
    }

    /** Has the engine import modules until the pipeline comes, which must be of the same environment. There is no answer. */
    public void prime(Priming priming) throws SandboxFailureException {
        primedFor = priming.environment();
        send(FrameType.PRIME, EngineDocuments.payload(EngineDocuments.Prime.of(priming)), ticker.deadlineIn(GRACE));
    }

    /**
     * Called once. Releases the scripts as soon as they are sent, because loading them may take long.
     *
     * @return the modules of the environment that the scripts import before they do anything else
     */
    public List<String> load(PipelineSource source)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        LoadedPipeline loaded;
        Deadline deadline;
        try (HeldPipeline held = source.open()) {
            requirePrimedFor(held.pipeline());
            deadline = ticker.deadlineIn(limits.loadTimeout().plus(GRACE));
            loaded = LoadedPipeline.of(held.pipeline());
            send(FrameType.PIPELINE, EngineDocuments.pipeline(held.pipeline(), limits), deadline);
        }
        FrameReader.Document answer = reader.await(EnumSet.of(FrameType.LOADED, FrameType.REFUSED), deadline);
        if (answer.type() == FrameType.REFUSED) {
            throw new PipelineRefusedException(EngineDocuments.error(answer.payload()));
        }
        pipeline = loaded;
        return answer.payload().hasRemaining() ? EngineDocuments.loaded(answer.payload()) : List.of();
    }

    private void requirePrimedFor(EnginePipeline given) throws SandboxFailureException {
        if (primedFor != null && !primedFor.equals(given.environment())) {
            throw new SandboxFailureException(
                    SandboxFailure.CLOSED, "The sandbox has code of another environment in it.", null);
        }
    }

    public BatchSummary run(BatchExchange exchange) throws SandboxFailureException, IOException {
        if (pipeline == null) {
            throw new IllegalStateException("no pipeline is loaded");
        }
        isClean = false;
        BatchSession session = new BatchSession(reader, writer, pipeline, limits, exchange, ticker);
        BatchSummary summary = session.run();
        isClean = session.leavesCleanly();
        return summary;
    }

    /** Carries out orders of builds from now on, and nothing else. */
    public BuilderConnection builder() {
        return new BuilderConnection(reader, writer, ticker);
    }

    /** Whether the next request can be made: the engine lives, is silent, and nothing is left of the last request. */
    public boolean isReady() {
        return isClean && channel.isQuiet();
    }

    @Override
    public void close() {
        channel.close();
    }

    private void send(FrameType type, ByteBuffer payload, Deadline deadline) throws SandboxFailureException {
        writer.add(FrameHeader.of(type, payload.remaining()), payload);
        writer.sendAll(deadline);
    }
}
