package dev.datapipeline.project.quota;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The trials that are under way, by project. Projects without one take no memory. Thread-safe. */
public final class RunningTrials {
    private final Map<UUID, Integer> counts = new ConcurrentHashMap<>();

    RunningTrials() {}

    /** Of one trial. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Empty when the project has {@code most} already. */
    Optional<Place> begin(UUID project, int most) {
        boolean[] isFull = new boolean[1];
        counts.compute(project, (id, count) -> {
            int running = count == null ? 0 : count;
            isFull[0] = running >= most;
            return isFull[0] ? count : running + 1;
        });
        return isFull[0] ? Optional.empty() : Optional.of(() -> end(project));
    }

    private void end(UUID project) {
        counts.computeIfPresent(project, (id, count) -> count == 1 ? null : count - 1);
    }

    int of(UUID project) {
        return counts.getOrDefault(project, 0);
    }
}
