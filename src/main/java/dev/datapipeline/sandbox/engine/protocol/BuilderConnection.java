package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.sandbox.builder.BuilderTarget;
import dev.datapipeline.sandbox.builder.CompileCount;
import dev.datapipeline.sandbox.builder.CompileOrder;
import dev.datapipeline.sandbox.builder.CompiledFiles;
import dev.datapipeline.sandbox.builder.Resolution;
import dev.datapipeline.sandbox.builder.ResolveOrder;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.frame.FrameReader;
import dev.datapipeline.sandbox.engine.frame.FrameType;
import dev.datapipeline.sandbox.engine.frame.FrameWriter;
import dev.datapipeline.sandbox.engine.frame.LineReceiver;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The orders of builds, each of which the engine answers with one frame. Not to be used after a failure. */
public final class BuilderConnection {
    private static final Duration INSPECT_TIMEOUT = Duration.ofSeconds(40);

    /** Time for the engine itself, in addition to what it may take for an order. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final FrameReader reader;
    private final FrameWriter writer;
    private final Ticker ticker;

    BuilderConnection(FrameReader reader, FrameWriter writer, Ticker ticker) {
        this.reader = reader;
        this.writer = writer;
        this.ticker = ticker;
    }

    private record Resolve(List<String> requirements, String requiresPython, int port, long timeoutSeconds) {}

    private record Compile(String folder, String target, List<String> files, int processes, long timeoutSeconds) {}

    public BuilderTarget inspect() throws SandboxFailureException, InterruptedException {
        BuilderExchange exchange = exchange(FrameType.TARGET, line -> {}, INSPECT_TIMEOUT);
        exchange.send(FrameType.INSPECT, ByteBuffer.allocate(0));
        return EngineDocuments.read("TARGET", BuilderTarget.class, answer(exchange));
    }

    public Resolution resolve(ResolveOrder order, Consumer<String> log)
            throws SandboxFailureException, InterruptedException {
        BuilderExchange exchange =
                exchange(FrameType.RESOLVED, log, order.timeout().plus(GRACE));
        exchange.send(
                FrameType.RESOLVE,
                EngineDocuments.payload(new Resolve(
                        order.requirements(),
                        order.requiresPython(),
                        OutboundAccess.PORT,
                        order.timeout().toSeconds())));
        return EngineDocuments.read("RESOLVED", Resolution.class, answer(exchange));
    }

    /** @param processes how many of them compile at one time */
    public CompileCount compile(CompileOrder order, int processes, CompiledFiles files)
            throws SandboxFailureException, IOException, InterruptedException {
        int ordered = order.files().size();
        BuilderExchange exchange =
                exchange(FrameType.COMPILED, line -> {}, order.timeout().plus(GRACE));
        exchange.expectFiles(ordered, files);
        exchange.send(
                FrameType.COMPILE,
                EngineDocuments.payload(new Compile(
                        EngineDocuments.ENVIRONMENTS + "/" + order.folder(),
                        EngineDocuments.ENVIRONMENTS + "/" + order.target(),
                        order.files(),
                        processes,
                        order.timeout().toSeconds())));
        CompileCount count = EngineDocuments.read("COMPILED", CompileCount.class, exchange.answer());
        boolean isPossible = count.compiled() == exchange.files()
                && count.failed() >= 0
                && (long) count.compiled() + count.failed() <= ordered;
        if (!isPossible) {
            throw SandboxFailureException.violation("COMPILED with counts that are not those of the files");
        }
        return count;
    }

    private BuilderExchange exchange(FrameType answer, Consumer<String> log, Duration timeout) {
        Deadline deadline = ticker.deadlineIn(timeout);
        return new BuilderExchange(reader, writer, answer, new LineReceiver(log), deadline);
    }

    private static ByteBuffer answer(BuilderExchange exchange) throws SandboxFailureException, InterruptedException {
        try {
            return exchange.answer();
        } catch (IOException impossible) {
            throw new UncheckedIOException("nothing is written", impossible);
        }
    }
}
