package dev.datapipeline.project.quota;

import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.project.ProjectAccess;
import dev.datapipeline.project.Quotas;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what would take more than the quota of a project. Checks and what they are for are done one after another for each project on a node, so
 * that many requests at one time gain nothing. Without quotas nothing waits and nothing is counted.
 */
@Singleton
public class ProjectQuotas {
    private static final int STRIPES = 64;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final QuotaTable table;
    private final Quotas defaults;
    private final RunningTrials trials = new RunningTrials();
    private final Lock[] locks =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);

    ProjectQuotas(QuotaTable table, QuotaConfig config) {
        this.table = table;
        this.defaults = new Quotas(
                config.openRuns().isPresent() ? config.openRuns().getAsInt() : null,
                config.storage().map(size -> size.asLongValue()).orElse(null),
                config.trials().isPresent() ? config.trials().getAsInt() : null,
                config.modelMoney()
                        .map(dollars -> Picodollars.ofDollars(dollars).value())
                        .orElse(null));
    }

    /** What counts for a project: its own quotas, else those of the settings. */
    public Quotas of(UUID project) {
        return table.own(project).orElse(defaults);
    }

    public Usage usage(UUID project) {
        return new Usage(
                table.openRuns(project),
                table.storageBytes(project),
                trials.of(project),
                table.modelMoney(project, null));
    }

    /**
     * Opens a run if the quotas allow it.
     *
     * @param run that is opened again; null for a new one
     * @param budget what its model calls may cost; null where it makes none, or may go on with what it had
     */
    public <T> T opening(UUID project, @Nullable UUID run, @Nullable Picodollars budget, Supplier<T> open) {
        Quotas quotas = of(project);
        boolean isLimited = quotas.openRuns() != null || quotas.storageBytes() != null || quotas.modelMoney() != null;
        return !isLimited
                ? open.get()
                : oneByOne(project, () -> {
                    checkOpenRuns(project, quotas.openRuns());
                    checkStorage(project, quotas.storageBytes(), 1);
                    checkMoney(project, run, budget, quotas.modelMoney());
                    return open.get();
                });
    }

    /** Gives a run another budget if the quota of money allows it. */
    public <T> T spending(UUID project, UUID run, @Nullable Picodollars budget, Supplier<T> change) {
        Long most = of(project).modelMoney();
        return most == null
                ? change.get()
                : oneByOne(project, () -> {
                    checkMoney(project, run, budget, most);
                    return change.get();
                });
    }

    /** Stores so many bytes if the quota allows it. */
    public <T> T storing(UUID project, long bytes, Supplier<T> store) {
        Long most = of(project).storageBytes();
        return most == null
                ? store.get()
                : oneByOne(project, () -> {
                    checkStorage(project, most, bytes);
                    return store.get();
                });
    }

    /** Fails where not even so many bytes could be stored, before they are read. */
    public void checkStorage(UUID project, long bytes) {
        checkStorage(project, of(project).storageBytes(), Math.max(1, bytes));
    }

    /** Of the project in which a request works. To be closed at the end of the trial. */
    public RunningTrials.Place trial(ProjectAccess access) {
        return trial(access.project());
    }

    RunningTrials.Place trial(UUID project) {
        Integer most = of(project).trials();
        return trials.begin(project, most == null ? Integer.MAX_VALUE : most)
                .orElseThrow(() -> reached("It may have %,d trials at one time, and has as many. Wait for one to end."
                                .formatted(most))
                        .retryAfter(RETRY_AFTER));
    }

    private <T> T oneByOne(UUID project, Supplier<T> work) {
        Lock lock = locks[Math.floorMod(project.hashCode(), STRIPES)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void checkOpenRuns(UUID project, @Nullable Integer most) {
        if (most != null && table.openRuns(project) >= most) {
            throw reached("It may have %,d open runs, and has as many. Wait for one to end, or cancel one."
                            .formatted(most))
                    .retryAfter(RETRY_AFTER);
        }
    }

    private void checkStorage(UUID project, @Nullable Long most, long more) {
        if (most == null) {
            return;
        }
        long taken = table.storageBytes(project);
        if (more > most - taken) {
            throw reached(
                    "Its datasets and results may have %,d bytes together, and have %,d. Delete runs and datasets that are no longer needed."
                            .formatted(most, taken));
        }
    }

    private void checkMoney(UUID project, @Nullable UUID run, @Nullable Picodollars budget, @Nullable Long most) {
        if (most == null || budget == null) {
            return;
        }
        Picodollars taken = table.modelMoney(project, run);
        Picodollars left = new Picodollars(most).minus(taken).max(Picodollars.ZERO);
        if (budget.isMoreThan(left)) {
            throw reached(
                    "The model calls of its runs may cost %s a month (UTC). %s of it is spent or may be spent by open runs, so the budget of this run can be %s at most, not %s."
                            .formatted(new Picodollars(most), taken, left, budget));
        }
    }

    private static ProblemException reached(String detail) {
        return new ProblemException(ProblemType.QUOTA_REACHED, "The project has reached a quota. " + detail);
    }
}
