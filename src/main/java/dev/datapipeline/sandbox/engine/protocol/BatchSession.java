package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.EngineLimits;
import dev.datapipeline.sandbox.engine.LoadedPipeline;
import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One batch, from BATCH to DONE, in one thread: reads whatever comes, writes whenever the socket takes it, waits only for both. */
final class BatchSession {
    /** For what is no record's work: forking, blaming a dead process, a busy machine. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private record Failure(int position, ByteBuffer error) {}

    private final EngineChannel channel;
    private final BatchOutput output;
    private final Ticker ticker;
    private final InputSender feed;
    private final ResultStreamValidator walker;
    private final int records;
    private final Duration longestSilence;
    private final Deadline end;
    private final List<Failure> failures = new ArrayList<>();

    private FrameType frame = FrameType.WANT;
    private int frameLeft;
    private boolean isInFrame;
    private long logLeft;
    private boolean isDone;

    BatchSession(
            EngineChannel channel, LoadedPipeline pipeline, EngineLimits limits, BatchExchange exchange, Ticker ticker)
            throws IOException {
        this.channel = channel;
        this.ticker = ticker;
        this.output = exchange.output();
        BatchInput input = exchange.input();
        this.records = input.records();
        this.feed = new InputSender(input);
        this.walker = new ResultStreamValidator(
                records,
                pipeline.stages(),
                pipeline.keepsAllStages(),
                limits.resultBytes(),
                (position, error) -> failures.add(new Failure(position, error)));
        this.longestSilence =
                pipeline.recordTimeout().plus(limits.loadTimeout()).plus(GRACE);
        this.end =
                ticker.deadlineIn(pipeline.recordTimeout().multipliedBy(records).plus(longestSilence));
        this.logLeft = 2L * limits.logBytes();
    }

    BatchSummary run() throws SandboxFailureException, IOException {
        Deadline silence = ticker.deadlineIn(longestSilence);
        while (!isDone) {
            boolean moved = feed.send(channel);
            if (channel.receive()) {
                moved = true;
                takeFrames();
            }
            if (moved) {
                silence = ticker.deadlineIn(longestSilence);
            } else {
                await(Deadline.earlier(silence, end));
            }
        }
        return new BatchSummary(
                records,
                walker.count(RecordStatus.SUCCEEDED),
                walker.count(RecordStatus.FAILED),
                walker.count(RecordStatus.SKIPPED));
    }

    /** False when the engine gave up the batch before it had all of it: what is still on the way would meet the next one. */
    boolean leavesCleanly() {
        return isDone && feed.isComplete();
    }

    private void await(Deadline deadline) throws SandboxFailureException {
        if (deadline.isOver()) {
            throw SandboxFailureException.died(
                    "The engine of the sandbox showed no progress for " + longestSilence.toSeconds() + " s.", null);
        }
        channel.await(feed.isPending(), deadline.left());
    }

    private void takeFrames() throws SandboxFailureException, IOException {
        ByteBuffer received = channel.received();
        while (isInFrame || received.remaining() >= FrameType.HEADER) {
            if (!isInFrame) {
                open(received);
            }
            if (!take(received)) {
                return;
            }
            isInFrame = false;
        }
    }

    private void open(ByteBuffer received) throws SandboxFailureException {
        FrameHeader header = FrameHeader.read(received);
        if (isDone) {
            throw SandboxFailureException.violation(header.type() + " after DONE");
        }
        frame = header.type();
        frameLeft = header.length();
        isInFrame = true;
    }

    /** Returns false when the frame goes on beyond what was received. */
    private boolean take(ByteBuffer received) throws SandboxFailureException, IOException {
        switch (frame) {
            case RESULTS -> results(received);
            case LOG -> log(received);
            case WANT -> feed.want();
            case DONE -> {
                if (received.remaining() < frameLeft) {
                    return false;
                }
                done(received);
            }
            default -> throw SandboxFailureException.violation(frame + " in a batch");
        }
        return frameLeft == 0;
    }

    private void results(ByteBuffer received) throws SandboxFailureException, IOException {
        int from = received.position();
        ByteBuffer view = received.duplicate();
        view.limit(from + Math.min(frameLeft, received.remaining()));
        walker.walk(view, frameLeft);
        int walked = view.position() - from;
        received.position(from + walked);
        frameLeft -= walked;
        if (walked > 0) {
            output.results(received.slice(from, walked).asReadOnlyBuffer());
        }
        for (Failure failure : failures) {
            output.failed(failure.position(), failure.error());
        }
        failures.clear();
    }

    private void log(ByteBuffer received) throws SandboxFailureException, IOException {
        int part = Math.min(frameLeft, received.remaining());
        logLeft -= part;
        if (logLeft < 0) {
            throw SandboxFailureException.violation("a log beyond its bound");
        }
        output.log(received.slice(received.position(), part).asReadOnlyBuffer());
        received.position(received.position() + part);
        frameLeft -= part;
    }

    private void done(ByteBuffer received) throws SandboxFailureException {
        EngineDocuments.Done counts = EngineDocuments.done(received.slice(received.position(), frameLeft));
        received.position(received.position() + frameLeft);
        frameLeft = 0;
        boolean agrees = counts.records() == records
                && walker.finished() == records
                && counts.succeeded() == walker.count(RecordStatus.SUCCEEDED)
                && counts.failed() == walker.count(RecordStatus.FAILED)
                && counts.skipped() == walker.count(RecordStatus.SKIPPED);
        if (!agrees) {
            throw SandboxFailureException.violation("DONE after " + walker.finished() + " of " + records
                    + " records, or with counts that are not those of the results");
        }
        isDone = true;
    }
}
