package dev.datapipeline.dispatch;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides which waiting batch is rung for next: never more than {@code permits} at a time, the run with the fewest batches under way
 * first, among equals the one served longest ago. Not thread-safe; {@link BatchDispatcher} holds the lock.
 *
 * <p>It is a cache of hints: forgetting all of it loses nothing, the next {@link #open} fills it again from the table.
 */
final class DispatchQueue {
    /** Numbers read ahead of need, so that thousands of small batches do not cost a query each. */
    private static final int READ_AHEAD = 256;

    private final int permits;
    private final Source source;
    private final Map<UUID, Line> lines = new LinkedHashMap<>();
    private final Map<BatchId, UUID> underWay = new HashMap<>();
    private long turn;

    DispatchQueue(int permits, Source source) {
        this.permits = permits;
        this.source = source;
    }

    /** Numbers of waiting batches of a run, ascending, from {@code first} on. */
    interface Source {
        List<Integer> due(UUID run, int first, int limit);
    }

    /** The waiting batches of one run. */
    private static final class Line {
        final int mostUnderWay;
        final ArrayDeque<Integer> numbers = new ArrayDeque<>();
        final Set<Integer> underWay = new HashSet<>();
        int nextFirst;
        boolean isExhausted;
        long lastTurn;

        Line(int mostUnderWay) {
            this.mostUnderWay = mostUnderWay;
        }
    }

    /** Makes the run known, or has its waiting batches read again from the first. */
    void open(UUID run, int mostUnderWay) {
        Line line = lines.computeIfAbsent(run, absent -> new Line(mostUnderWay));
        line.numbers.clear();
        line.nextFirst = 0;
        line.isExhausted = false;
    }

    void close(UUID run) {
        lines.remove(run);
    }

    /** The runs that are known now. */
    Set<UUID> runs() {
        return Set.copyOf(lines.keySet());
    }

    /** The next batch to ring for, counted as under way from now on; empty when no permit or no batch is left. */
    Optional<BatchId> next() {
        if (underWay.size() >= permits) {
            return Optional.empty();
        }
        Set<UUID> without = new HashSet<>();
        while (true) {
            Map.Entry<UUID, Line> best = best(without);
            if (best == null) {
                return Optional.empty();
            }
            Integer number = take(best.getKey(), best.getValue());
            if (number != null) {
                BatchId id = new BatchId(best.getKey(), number);
                best.getValue().underWay.add(number);
                best.getValue().lastTurn = ++turn;
                underWay.put(id, best.getKey());
                return Optional.of(id);
            }
            without.add(best.getKey());
        }
    }

    /** The batch is no longer under way, whatever became of it. */
    void done(BatchId id) {
        underWay.remove(id);
        Line line = lines.get(id.run());
        if (line != null) {
            line.underWay.remove(id.number());
        }
    }

    int underWay() {
        return underWay.size();
    }

    private Map.@Nullable Entry<UUID, Line> best(Set<UUID> without) {
        Map.Entry<UUID, Line> best = null;
        for (Map.Entry<UUID, Line> entry : lines.entrySet()) {
            Line line = entry.getValue();
            boolean isOpen = !without.contains(entry.getKey())
                    && !(line.isExhausted && line.numbers.isEmpty())
                    && line.underWay.size() < line.mostUnderWay;
            if (isOpen && (best == null || isBefore(line, best.getValue()))) {
                best = entry;
            }
        }
        return best;
    }

    private static boolean isBefore(Line line, Line other) {
        return line.underWay.size() < other.underWay.size()
                || (line.underWay.size() == other.underWay.size() && line.lastTurn < other.lastTurn);
    }

    private @Nullable Integer take(UUID run, Line line) {
        if (line.numbers.isEmpty() && !line.isExhausted) {
            List<Integer> read = source.due(run, line.nextFirst, READ_AHEAD);
            line.isExhausted = read.size() < READ_AHEAD;
            if (!read.isEmpty()) {
                line.nextFirst = read.get(read.size() - 1) + 1;
            }
            read.stream().filter(number -> !line.underWay.contains(number)).forEach(line.numbers::add);
        }
        return line.numbers.poll();
    }
}
