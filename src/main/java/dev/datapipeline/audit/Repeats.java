package dev.datapipeline.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts equal refused requests, so that nobody fills the log by asking over and over: the first one is an entry at once, those that follow
 * within a minute are one more. Thread-safe.
 */
final class Repeats {
    private static final int MOST = 10_000;

    private final Map<Kind, Repeated> counted = new HashMap<>();

    private record Kind(AuditActor actor, String operation, AuditOutcome outcome) {
        static Kind of(AuditEntry entry) {
            return new Kind(entry.request().actor(), entry.request().operation(), entry.outcome());
        }
    }

    /** @param latest null where the first one was the only one so far */
    private record Repeated(@Nullable AuditEntry latest, int attempts) {}

    /** Whether the entry repeats another one, and was counted. */
    synchronized boolean count(AuditEntry entry) {
        Kind kind = Kind.of(entry);
        Repeated before = counted.get(kind);
        if (before == null) {
            if (counted.size() < MOST) {
                counted.put(kind, new Repeated(null, 0));
            }
            return false;
        }
        counted.put(kind, new Repeated(entry, before.attempts() + 1));
        return true;
    }

    /** The entries of those that were counted; counting begins anew. */
    synchronized List<AuditEntry> take() {
        List<AuditEntry> entries = new ArrayList<>();
        for (Repeated repeated : counted.values()) {
            AuditEntry latest = repeated.latest();
            if (latest != null) {
                entries.add(new AuditEntry(latest.request(), latest.outcome(), latest.status(), repeated.attempts()));
            }
        }
        counted.clear();
        return entries;
    }
}
