package dev.datapipeline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.engine.Deadline;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Looks at runs for everybody who watches them: however many ask, the table is asked, and the answer written, once after each change, and
 * not for every batch of a run whose batches end all the time.
 *
 * <p>Changes made by this process are seen at once, progress of a run within {@link #LONGEST_LAG}, whatever other processes do within {@link
 * #LONGEST_MEMORY}.
 */
@Singleton
class RunLooks {
    private static final Duration LONGEST_MEMORY = Duration.ofMillis(250);
    private static final Duration LONGEST_LAG = Duration.ofMillis(50);
    private static final int MOST_RUNS = 1_000;

    private final RunRepository runs;
    private final ObjectWriter writer;
    private final Cache<UUID, Look> looks = Caffeine.newBuilder()
            .expireAfterWrite(LONGEST_MEMORY)
            .maximumSize(MOST_RUNS)
            .build();

    RunLooks(RunRepository runs, ObjectMapper mapper) {
        this.runs = runs;
        this.writer = mapper.writerFor(RunResponse.class);
    }

    /**
     * A run as it was at one moment.
     *
     * @param json the {@link RunResponse}, in UTF-8; null where it is too long to be kept, see {@link RunAnswers}
     * @param tag differs whenever the counters do
     * @param lag when it is too old to be shown, if the run has moved on since
     * @param isBehind whether the run has moved on
     * @param isBeingRenewed whether somebody is asking the table for the next one
     */
    record Look(@Nullable Buffer json, String tag, Deadline lag, boolean isBehind, AtomicBoolean isBeingRenewed) {
        /** The tag as it stands in headers. */
        String entityTag() {
            return '"' + tag + '"';
        }

        private boolean isFit() {
            return !isBehind || !lag.isOver();
        }

        private Look behind() {
            return isBehind ? this : new Look(json, tag, lag, true, isBeingRenewed);
        }
    }

    /**
     * What is known without asking the table: a thread that must not wait may ask for this. Of those who find it too old one is told nothing,
     * and has to ask; the others do not wait for that.
     */
    @Nullable
    Look known(UUID id) {
        Look look = looks.getIfPresent(id);
        boolean isToRenew = look != null && !look.isFit() && look.isBeingRenewed.compareAndSet(false, true);
        return isToRenew ? null : look;
    }

    /** @throws ProblemException NOT_FOUND */
    Look at(UUID id) {
        return looks.asMap().compute(id, (run, last) -> last != null && last.isFit() ? last : read(run));
    }

    /** To be called after the commit of whatever changed the run. */
    void changed(UUID id) {
        looks.invalidate(id);
    }

    /** To be called after the commit of a batch that has ended without more consequences for the run than its counters. */
    void progressed(UUID id) {
        looks.asMap().computeIfPresent(id, (run, last) -> last.behind());
    }

    private Look read(UUID id) {
        Deadline lag = Deadline.in(LONGEST_LAG);
        RunRepository.Whole stored = runs.whole(id, RunAnswers.LONGEST_KEPT);
        Run run = stored.run();
        String steps = stored.steps().json();
        return new Look(
                steps == null ? null : json(RunResponse.of(run, steps)),
                run.revision + "-" + run.batchesRunning,
                lag,
                false,
                new AtomicBoolean());
    }

    private Buffer json(RunResponse run) {
        try {
            return Buffer.buffer(writer.writeValueAsBytes(run));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
