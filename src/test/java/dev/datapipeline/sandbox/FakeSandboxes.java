package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.HeldPipeline;
import dev.datapipeline.sandbox.engine.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes sandboxes out of nothing, that do what a test says. */
final class FakeSandboxes implements SandboxLauncher {
    private final List<Fake> started = new CopyOnWriteArrayList<>();
    private final Set<Fake> removed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger slowChecks = new AtomicInteger();
    private final CountDownLatch endOfSlowChecks = new CountDownLatch(1);
    private volatile @Nullable SandboxFailureException failure;

    @Override
    public RunningSandbox start() throws SandboxFailureException {
        tries.incrementAndGet();
        SandboxFailureException current = failure;
        if (current != null) {
            throw current;
        }
        Fake fake = new Fake("sandbox-" + started.size());
        started.add(fake);
        return fake;
    }

    /** Checks that have begun of scripts that begin with "slow". */
    int slowChecks() {
        return slowChecks.get();
    }

    void endSlowChecks() {
        endOfSlowChecks.countDown();
    }

    private void awaitEndOfSlowChecks() {
        try {
            if (!endOfSlowChecks.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody ended the slow checks");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    void failWith(@Nullable SandboxFailureException wanted) {
        failure = wanted;
    }

    List<Fake> started() {
        return new ArrayList<>(started);
    }

    int tries() {
        return tries.get();
    }

    boolean isRemoved(Fake fake) {
        return removed.contains(fake);
    }

    Fake byId(String id) {
        return started.stream().filter(fake -> fake.id().equals(id)).findFirst().orElseThrow();
    }

    long living() {
        return started.size() - removed.size();
    }

    final class Fake implements RunningSandbox {
        private final String id;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean isDead;

        private Fake(String id) {
            this.id = id;
        }

        void die() {
            isDead = true;
        }

        boolean isEnded() {
            return ended.getCount() == 0;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public boolean isReady() {
            return !isDead && !isEnded();
        }

        @Override
        public List<ScriptProblem> check(String source) throws SandboxFailureException {
            if (source.startsWith("slow")) {
                slowChecks.incrementAndGet();
                awaitEndOfSlowChecks();
            }
            if (source.equals("break")) {
                isDead = true;
                throw SandboxFailureException.died("broken", null);
            }
            return List.of();
        }

        @Override
        public void load(PipelineSource source)
                throws PipelineRefusedException, SandboxFailureException, InterruptedException {
            if (isEnded()) {
                throw SandboxFailureException.closed();
            }
            try (HeldPipeline held = source.open()) {
                String script =
                        held.pipeline().steps().getFirst().stages().getFirst().source();
                if (script.equals("refuse")) {
                    throw new PipelineRefusedException(
                            new ScriptError(null, null, "SCRIPT_LOAD", "no", null, null, null));
                }
            }
        }

        /** A batch of one record ends at once, one of two only with the sandbox. */
        @Override
        public BatchSummary run(BatchInput input, BatchOutput output) throws SandboxFailureException {
            if (isDead) {
                throw SandboxFailureException.died("dead", null);
            }
            if (input.records() == 1) {
                return new BatchSummary(1, 1, 0, 0);
            }
            try {
                if (!ended.await(20, TimeUnit.SECONDS)) {
                    throw new AssertionError("nobody ended the batch");
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            throw SandboxFailureException.closed();
        }

        @Override
        public void end() {
            ended.countDown();
        }

        @Override
        public void remove() {
            removed.add(this);
        }
    }
}
