package dev.datapipeline.environment.worker;

import dev.datapipeline.environment.store.EnvironmentClaim;
import dev.datapipeline.time.Deadline;

/** Keeps the lease of one build under way. Closed by the thread that builds; others renew and interrupt. */
final class Heartbeat implements AutoCloseable {
    private final Heartbeats all;
    private final EnvironmentClaim claim;
    private final RecordedBuildLog log;
    private final Thread thread;
    /** Held while the database writes, which may take as long as it likes: nobody who interrupts waits for it. */
    private final Object writing = new Object();

    private volatile Deadline reliable;
    private volatile Deadline nextRenewal;
    private boolean isClosed;

    Heartbeat(Heartbeats all, EnvironmentClaim claim, RecordedBuildLog log, Thread thread, Deadline reliable) {
        this.all = all;
        this.claim = claim;
        this.log = log;
        this.thread = thread;
        this.reliable = reliable;
        this.nextRenewal = all.ticker().deadlineIn(all.renewalInterval());
    }

    EnvironmentClaim claim() {
        return claim;
    }

    boolean isDue() {
        return nextRenewal.isOver();
    }

    boolean isExpired() {
        return reliable.isOver();
    }

    void renewed(boolean isHeld, Deadline until) {
        if (!isHeld) {
            interrupt();
            return;
        }
        reliable = until;
        nextRenewal = all.ticker().deadlineIn(all.renewalInterval());
    }

    /** Writes what the build has said since the last time. One thread at a time, so that the pieces are in order. */
    void write() {
        synchronized (writing) {
            RecordedBuildLog.Part part = log.takeChanges();
            if (part == null) {
                return;
            }
            boolean isWritten = false;
            try {
                all.write(claim, part);
                isWritten = true;
            } finally {
                if (!isWritten) {
                    log.putBack(part);
                }
            }
        }
    }

    synchronized void interrupt() {
        if (!isClosed) {
            thread.interrupt();
        }
    }

    /** After this the thread is not interrupted any more. */
    @Override
    public void close() {
        all.ended(this);
        synchronized (this) {
            isClosed = true;
        }
    }
}
