package dev.datapipeline.run.admission;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.project.quota.ProjectQuotas;
import dev.datapipeline.run.store.RunRepository;
import dev.datapipeline.storage.Blobs;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Accepts a run only if the limit of open runs is not reached and there is disk space for results. */
@Singleton
public final class Admission {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final RunRepository runs;
    private final Blobs blobs;
    private final AdmissionConfig config;
    private final ProjectQuotas quotas;

    Admission(RunRepository runs, Blobs blobs, AdmissionConfig config, ProjectQuotas quotas) {
        this.runs = runs;
        this.blobs = blobs;
        this.config = config;
        this.quotas = quotas;
    }

    /** @throws ProblemException TOO_MANY_REQUESTS or NO_SPACE */
    public void check() {
        if (runs.countActive() >= config.maxOpenRuns()) {
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS,
                            "%,d runs are open, and no more are allowed. Wait for one to end, or cancel one."
                                    .formatted(config.maxOpenRuns()))
                    .retryAfter(RETRY_AFTER);
        }
        if (freeBytes() < config.minFreeSpace().asLongValue()) {
            throw new ProblemException(
                    ProblemType.NO_SPACE,
                    "The disk of the service is nearly full. Delete runs or datasets that are no longer needed.");
        }
    }

    /** The quotas of projects, which a run has to respect beside the limits of the service. */
    public ProjectQuotas quotas() {
        return quotas;
    }

    private long freeBytes() {
        try {
            return blobs.freeBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
