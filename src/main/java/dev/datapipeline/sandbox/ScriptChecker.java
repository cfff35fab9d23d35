package dev.datapipeline.sandbox;

import dev.datapipeline.engine.SandboxFailure;
import dev.datapipeline.engine.SandboxFailureException;
import dev.datapipeline.engine.ScriptProblem;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Checks scripts, one at a time, in a sandbox of its own that never gets a pipeline and is replaced when it breaks. Thread-safe. */
final class ScriptChecker {
    private static final int TRIES = 2;

    private final SandboxSupply supply;
    private final ReentrantLock turn = new ReentrantLock(true);
    private @Nullable StartedSandbox sandbox;

    ScriptChecker(SandboxSupply supply) {
        this.supply = supply;
    }

    List<ScriptProblem> check(String source) throws SandboxFailureException, InterruptedException {
        turn.lockInterruptibly();
        try {
            for (int further = TRIES - 1; ; further--) {
                try {
                    return ready().check(source);
                } catch (SandboxFailureException failure) {
                    close();
                    if (further == 0 || failure.failure() == SandboxFailure.DOCKER) {
                        throw failure;
                    }
                }
            }
        } finally {
            turn.unlock();
        }
    }

    /** Ends the sandbox; the next check takes another. */
    void close() {
        StartedSandbox old = sandbox;
        sandbox = null;
        if (old != null) {
            supply.discard(old);
        }
    }

    private StartedSandbox ready() throws SandboxFailureException, InterruptedException {
        StartedSandbox current = sandbox;
        if (current != null && current.isReady()) {
            return current;
        }
        close();
        StartedSandbox fresh = supply.take();
        sandbox = fresh;
        return fresh;
    }
}
