package dev.datapipeline.trial;

import dev.datapipeline.result.ResultBytes;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** Lends sandboxes that give the result of their first record and then nothing until they are cut short. */
final class HangingSandboxes implements Sandboxes {
    /** One for each batch that hangs. */
    final Semaphore hanging = new Semaphore(0);

    final BlockingQueue<Sandbox> lent = new LinkedBlockingQueue<>();
    final BlockingQueue<UUID> released = new LinkedBlockingQueue<>();
    private final byte[] firstResult;

    HangingSandboxes(ResultBytes firstResult) {
        this.firstResult = firstResult.bytes();
    }

    @Override
    public Sandbox borrow(UUID run, PipelineSource pipeline) {
        Sandbox sandbox = new HangingSandbox();
        lent.add(sandbox);
        return sandbox;
    }

    @Override
    public void release(UUID run) {
        released.add(run);
    }

    @Override
    public List<ScriptProblem> check(String source) {
        throw new UnsupportedOperationException("checks nothing");
    }

    private final class HangingSandbox implements Sandbox {
        private final CountDownLatch cut = new CountDownLatch(1);

        @Override
        public String id() {
            return "hanging";
        }

        @Override
        public BatchSummary run(BatchInput input, BatchOutput output) throws SandboxFailureException {
            try {
                output.results(ByteBuffer.wrap(firstResult));
                hanging.release();
                cut.await();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
            throw new SandboxFailureException(SandboxFailure.CLOSED, "cut short", null);
        }

        @Override
        public void cutShort() {
            cut.countDown();
        }

        @Override
        public void close() {}
    }
}
