package dev.datapipeline.llm.replay;

import dev.datapipeline.llm.call.Caller;
import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.journal.CallLog;
import dev.datapipeline.llm.journal.GroupWriter;
import dev.datapipeline.storage.Blobs;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The answers that are kept for the runs that make calls now. Thread-safe. */
public final class Replays {
    private static final String ANSWERS = "/answers-";

    private final Blobs blobs;
    private final GroupWriter writer;
    private final String instance;
    private final Map<UUID, RunReplays> runs = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** @param instance names this process; later ones have names that sort behind it or anywhere */
    public Replays(Blobs blobs, GroupWriter writer, String instance) {
        this.blobs = blobs;
        this.writer = writer;
        this.instance = instance;
    }

    /** What a run has kept, and how often its callers have asked. */
    private static final class RunReplays {
        private final UseCounts uses = new UseCounts();
        private final CompletableFuture<AnswerFiles> files = new CompletableFuture<>();
    }

    /** A request of a caller, as one of several equal ones. */
    public record Question(UUID run, Caller caller, int stage, String fingerprint, int use) {
        AnswerKey key() {
            return AnswerKey.ofRun(caller, stage, fingerprint, use);
        }
    }

    /** Numbers the request among the equal ones of the caller, in this attempt at its records. */
    public Question ask(UUID run, Caller caller, int stage, String fingerprint) {
        int use = ofRun(run).uses.next(caller, stage, fingerprint);
        return new Question(run, caller, stage, fingerprint, use);
    }

    private RunReplays ofRun(UUID run) {
        return runs.computeIfAbsent(run, unknown -> new RunReplays());
    }

    /** An attempt at these records begins or has ended: their requests are numbered from the first again. */
    public void attempt(UUID run, long firstRecord, long records) {
        RunReplays known = runs.get(run);
        if (known != null) {
            known.uses.forget(firstRecord, records);
        }
    }

    /** Whether {@link #find} need not look at the disk to say that there is no answer. */
    public boolean isSurelyAbsent(Question question) {
        CompletableFuture<AnswerFiles> files = ofRun(question.run()).files;
        return files.isDone()
                && !files.isCompletedExceptionally()
                && !files.join().has(question.key());
    }

    /** The kept answer. Reads from the disk, for the first question of a run all that the run has kept. */
    public Optional<StoredAnswer> find(Question question) throws IOException {
        return load(question.run()).get(question.key());
    }

    private AnswerFiles load(UUID run) throws IOException {
        RunReplays replays = ofRun(run);
        synchronized (replays) {
            if (!replays.files.isDone()) {
                String prefix = CallLog.folder(run).value() + ANSWERS;
                String name = instance + "." + numbers.incrementAndGet();
                replays.files.complete(new AnswerFiles(blobs, writer, prefix, name, Long.MAX_VALUE));
            }
        }
        return replays.files.join();
    }

    /** Keeps an answer; completes once it survives the process. Nothing is kept for a run that was released meanwhile. */
    public CompletableFuture<Void> keep(Question question, StoredAnswer answer) {
        CompletableFuture<AnswerFiles> files = ofRun(question.run()).files;
        return files.isDone()
                ? files.thenCompose(known -> known.put(question.key(), answer))
                : CompletableFuture.completedFuture(null);
    }

    /** The run makes no calls for now: its answers stay on the disk and leave the memory. */
    public void release(UUID run) {
        RunReplays known = runs.remove(run);
        if (known != null) {
            known.files.thenAccept(AnswerFiles::release);
        }
    }
}
