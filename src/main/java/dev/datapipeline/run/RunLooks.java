package dev.datapipeline.run;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looks at runs for everybody who watches them: however many ask, the table is asked once after each change.
 *
 * <p>Changes made by this process are seen at once, those of other processes within {@link #LONGEST_MEMORY}.
 */
@Singleton
class RunLooks {
    private static final Duration LONGEST_MEMORY = Duration.ofMillis(250);
    private static final int MOST_RUNS = 1_000;

    private final RunRepository runs;
    private final Cache<UUID, Look> looks = Caffeine.newBuilder()
            .expireAfterWrite(LONGEST_MEMORY)
            .maximumSize(MOST_RUNS)
            .build();

    RunLooks(RunRepository runs) {
        this.runs = runs;
    }

    /** A run as it was at one moment; the tag differs whenever the counters do. */
    record Look(RunResponse run, String tag) {
        /** The tag as it stands in headers. */
        String entityTag() {
            return '"' + tag + '"';
        }
    }

    /** What is known without asking the table: a thread that must not wait may ask for this. */
    @Nullable
    Look known(UUID id) {
        return looks.getIfPresent(id);
    }

    /** @throws ProblemException NOT_FOUND */
    Look at(UUID id) {
        return looks.get(id, this::read);
    }

    /** To be called after the commit of whatever changed the run. */
    void changed(UUID id) {
        looks.invalidate(id);
    }

    private Look read(UUID id) {
        Run run = QuarkusTransaction.requiringNew()
                .call(() -> runs.findByIdOptional(id))
                .orElseThrow(() -> ProblemException.notFound("run"));
        return new Look(RunResponse.of(run), run.revision + "-" + run.batchesRunning);
    }
}
