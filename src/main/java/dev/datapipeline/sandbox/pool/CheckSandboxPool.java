package dev.datapipeline.sandbox.pool;

import dev.datapipeline.sandbox.ChecksBusyException;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.image.SandboxBase;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sandboxes in which scripts are checked. They never load a pipeline, are used again, and are replaced when they break. Thread-safe.
 *
 * <p>Callers are served in the order in which they came, one script at a time. Long scripts never get all sandboxes, so that short ones,
 * whose checks take milliseconds, only wait for each other.
 */
final class CheckSandboxPool implements Closeable {
    private static final int ATTEMPTS = 2;
    private static final int MAX_SHORT_SCRIPT = 16 * 1024;

    private final WarmSandboxPool warm;
    private final Duration timeout;
    private final Semaphore callers;
    private final Semaphore all;
    private final Semaphore forLong;
    private final int maxIdle;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean isClosed;

    private record Idle(String image, Sandbox sandbox) {}

    /**
     * @param sandboxes at one time, 2 or more
     * @param maxCallers at one time, including those who wait; each holds a thread
     * @param timeout longest wait for a sandbox
     */
    CheckSandboxPool(WarmSandboxPool warm, int sandboxes, int maxCallers, Duration timeout) {
        this.warm = warm;
        this.timeout = timeout;
        this.maxIdle = sandboxes;
        this.callers = new Semaphore(maxCallers);
        this.all = new Semaphore(sandboxes, true);
        this.forLong = new Semaphore(sandboxes - 1, true);
    }

    List<ScriptProblem> check(String image, String source)
            throws SandboxFailureException, ChecksBusyException, InterruptedException {
        if (!callers.tryAcquire()) {
            throw new ChecksBusyException("Too many scripts wait to be checked.");
        }
        try {
            return source.length() > MAX_SHORT_SCRIPT ? checkLong(image, source) : checkInTurn(image, source);
        } finally {
            callers.release();
        }
    }

    private List<ScriptProblem> checkLong(String image, String source)
            throws SandboxFailureException, ChecksBusyException, InterruptedException {
        acquire(forLong);
        try {
            return checkInTurn(image, source);
        } finally {
            forLong.release();
        }
    }

    private List<ScriptProblem> checkInTurn(String image, String source)
            throws SandboxFailureException, ChecksBusyException, InterruptedException {
        acquire(all);
        try {
            return checkWithRetry(image, source);
        } finally {
            all.release();
        }
    }

    private void acquire(Semaphore semaphore) throws ChecksBusyException, InterruptedException {
        if (!semaphore.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ChecksBusyException("Other scripts were being checked for " + timeout.toSeconds() + " s.");
        }
    }

    private List<ScriptProblem> checkWithRetry(String image, String source)
            throws SandboxFailureException, InterruptedException {
        for (int left = ATTEMPTS - 1; ; left--) {
            Sandbox sandbox = take(image);
            boolean isReusable = false;
            try {
                List<ScriptProblem> problems = sandbox.check(source);
                isReusable = true;
                return problems;
            } catch (SandboxFailureException failure) {
                if (left == 0 || failure.failure() == SandboxFailure.DOCKER) {
                    throw failure;
                }
            } finally {
                takeBack(new Idle(image, sandbox), isReusable);
            }
        }
    }

    private Sandbox take(String image) throws SandboxFailureException, InterruptedException {
        Sandbox last = pollIdle(image);
        while (last != null && !last.isReady()) {
            warm.discard(last);
            last = pollIdle(image);
        }
        return last == null ? warm.take(SandboxBase.of(image)) : last;
    }

    private synchronized @Nullable Sandbox pollIdle(String image) {
        for (Iterator<Idle> lastFirst = idle.descendingIterator(); lastFirst.hasNext(); ) {
            Idle next = lastFirst.next();
            if (next.image.equals(image)) {
                lastFirst.remove();
                return next.sandbox;
            }
        }
        return null;
    }

    private synchronized void takeBack(Idle used, boolean isReusable) {
        if (isReusable && !isClosed) {
            idle.addLast(used);
            shrink(maxIdle);
        } else {
            warm.discard(used.sandbox);
        }
    }

    private void shrink(int size) {
        while (idle.size() > size) {
            warm.discard(idle.removeFirst().sandbox);
        }
    }

    /** Discards idle sandboxes but one, which the next check finds ready. */
    synchronized void tidy() {
        shrink(1);
    }

    /** Discards idle sandboxes; those at work are discarded when their check ends. */
    @Override
    public synchronized void close() {
        isClosed = true;
        shrink(0);
    }
}
