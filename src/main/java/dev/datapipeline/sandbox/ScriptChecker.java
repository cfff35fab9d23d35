package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks scripts, a few at a time, in sandboxes of its own that never get a pipeline and are replaced when they break. Thread-safe.
 *
 * <p>Callers are served in the order in which they came, one script at a time: a pipeline with many scripts takes its turn anew for each. Long
 * scripts never have all sandboxes, so that short ones, whose checks take milliseconds, wait for each other only.
 */
final class ScriptChecker implements Closeable {
    private static final int TRIES = 2;
    private static final int LONGEST_SHORT_SCRIPT = 16 * 1024;

    private final WarmSandboxPool supply;
    private final Duration patience;
    private final Semaphore callers;
    private final Semaphore all;
    private final Semaphore forLong;
    private final Deque<RunningSandbox> idle = new ArrayDeque<>();
    private boolean isClosed;

    /**
     * @param sandboxes at one time, 2 or more
     * @param mostCallers at one time, those who wait included; each is a thread
     * @param patience longest wait for a turn
     */
    ScriptChecker(WarmSandboxPool supply, int sandboxes, int mostCallers, Duration patience) {
        this.supply = supply;
        this.patience = patience;
        this.callers = new Semaphore(mostCallers);
        this.all = new Semaphore(sandboxes, true);
        this.forLong = new Semaphore(sandboxes - 1, true);
    }

    List<ScriptProblem> check(String source) throws SandboxFailureException, ChecksBusyException, InterruptedException {
        if (!callers.tryAcquire()) {
            throw new ChecksBusyException("Too many scripts wait to be checked.");
        }
        try {
            return source.length() > LONGEST_SHORT_SCRIPT ? checkLong(source) : checkInTurn(source);
        } finally {
            callers.release();
        }
    }

    private List<ScriptProblem> checkLong(String source)
            throws SandboxFailureException, ChecksBusyException, InterruptedException {
        acquire(forLong);
        try {
            return checkInTurn(source);
        } finally {
            forLong.release();
        }
    }

    private List<ScriptProblem> checkInTurn(String source)
            throws SandboxFailureException, ChecksBusyException, InterruptedException {
        acquire(all);
        try {
            return checkNow(source);
        } finally {
            all.release();
        }
    }

    private void acquire(Semaphore semaphore) throws ChecksBusyException, InterruptedException {
        if (!semaphore.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ChecksBusyException("Other scripts were being checked for " + patience.toSeconds() + " s.");
        }
    }

    private List<ScriptProblem> checkNow(String source) throws SandboxFailureException, InterruptedException {
        for (int further = TRIES - 1; ; further--) {
            RunningSandbox sandbox = take();
            boolean isSound = false;
            try {
                List<ScriptProblem> problems = sandbox.check(source);
                isSound = true;
                return problems;
            } catch (SandboxFailureException failure) {
                if (further == 0 || failure.failure() == SandboxFailure.DOCKER) {
                    throw failure;
                }
            } finally {
                giveBack(sandbox, isSound);
            }
        }
    }

    private RunningSandbox take() throws SandboxFailureException, InterruptedException {
        RunningSandbox last = pollIdle();
        while (last != null && !last.isReady()) {
            supply.discard(last);
            last = pollIdle();
        }
        return last == null ? supply.take() : last;
    }

    private synchronized @Nullable RunningSandbox pollIdle() {
        return idle.pollLast();
    }

    private synchronized void giveBack(RunningSandbox sandbox, boolean isSound) {
        if (isSound && !isClosed) {
            idle.addLast(sandbox);
        } else {
            supply.discard(sandbox);
        }
    }

    /** Gives up sandboxes that nobody uses but one, which the next check finds ready. */
    synchronized void tidy() {
        while (idle.size() > 1) {
            supply.discard(idle.removeFirst());
        }
    }

    /** Ends the sandboxes that are not at work; the others are ended by whoever uses them. */
    @Override
    public synchronized void close() {
        isClosed = true;
        idle.forEach(supply::discard);
        idle.clear();
    }
}
