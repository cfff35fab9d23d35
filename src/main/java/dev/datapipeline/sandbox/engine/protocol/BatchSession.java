package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.frame.FrameReader;
import dev.datapipeline.sandbox.engine.frame.FrameReceiver;
import dev.datapipeline.sandbox.engine.frame.FrameType;
import dev.datapipeline.sandbox.engine.frame.FrameWriter;
import dev.datapipeline.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One batch, from BATCH to DONE, in one thread, which waits only when it can neither send nor receive.
 *
 * <p>An engine that hangs is given up: after a time of silence, and after the longest time that all its records may take. Time in which calls
 * of its scripts wait for their turn in the service is not counted, since the engine has nothing to say then; each such wait has a bound of
 * its own.
 */
final class BatchSession {
    /** Time for what is not the work of a record: forking, finding out why a process died, a busy machine. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final FrameReader reader;
    private final FrameWriter writer;
    private final Ticker ticker;
    private final InputSender input;
    private final ResultReceiver results;
    private final LogReceiver log;
    private final LoadedPipeline pipeline;
    private final Duration maxSilence;
    private final Limit end;
    private @Nullable BatchSummary summary;

    BatchSession(
            FrameReader reader,
            FrameWriter writer,
            LoadedPipeline pipeline,
            EngineLimits limits,
            BatchExchange exchange,
            Ticker ticker) {
        this.reader = reader;
        this.writer = writer;
        this.ticker = ticker;
        this.pipeline = pipeline;
        int records = exchange.input().records();
        this.input = new InputSender(exchange.input(), writer);
        this.results = new ResultReceiver(exchange, pipeline, limits);
        this.log = new LogReceiver(exchange.output(), 2L * limits.logBytes());
        this.maxSilence = pipeline.recordTimeout().plus(limits.loadTimeout()).plus(GRACE);
        this.end = limit(pipeline.recordTimeout().multipliedBy(records).plus(maxSilence));
    }

    private Limit limit(Duration work) {
        Duration left = work.minus(pipeline.waited());
        return new Limit(ticker.nanoTime() + left.toNanos());
    }

    /** @param end without the time that scripts have waited by then */
    private record Limit(long end) {
        long after(Duration waited) {
            return end + waited.toNanos();
        }
    }

    BatchSummary run() throws SandboxFailureException, IOException {
        Limit silence = limit(maxSilence);
        input.begin();
        while (summary == null) {
            input.answer();
            boolean hasSent = writer.send();
            boolean hasReceived = reader.receive(this::receiver);
            if (hasSent || hasReceived) {
                silence = limit(maxSilence);
            } else {
                await(silence);
            }
        }
        return summary;
    }

    /** False when the engine ended the batch before it had all of it: what is still on its way would meet the next batch. */
    boolean leavesCleanly() {
        return summary != null && input.isComplete() && !writer.isPending();
    }

    private void await(Limit silence) throws SandboxFailureException {
        // Calls may wait between these two lines: read the other way round, that time would count.
        long now = ticker.nanoTime();
        Duration waited = pipeline.waited();
        Duration left = Duration.ofNanos(Math.min(silence.after(waited) - now, end.after(waited) - now));
        if (!left.isPositive()) {
            throw SandboxFailureException.died(
                    "The engine of the sandbox showed no progress for " + maxSilence.toSeconds() + " s.", null);
        }
        writer.await(left);
    }

    private FrameReceiver receiver(FrameType type) throws SandboxFailureException {
        if (summary != null) {
            throw SandboxFailureException.violation(type + " after DONE");
        }
        return switch (type) {
            case RESULTS -> results;
            case LOG -> log;
            case WANT -> input;
            case DONE -> this::done;
            default -> throw SandboxFailureException.violation(type + " in a batch");
        };
    }

    private void done(ByteBuffer part, int length) throws SandboxFailureException {
        if (part.remaining() == length) {
            summary = results.summary(EngineDocuments.done(part));
        }
    }
}
