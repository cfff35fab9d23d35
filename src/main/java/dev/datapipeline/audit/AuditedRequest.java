package dev.datapipeline.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that belongs in the audit log.
 *
 * @param at exact to a microsecond, as the database keeps it
 * @param operation as in the access matrix, for example {@code DELETE /api/v1/runs/{id}}
 * @param target what it is about, mostly an id; null where the operation says it all
 * @param project in which it was made; null where it belongs to none
 */
public record AuditedRequest(
        UUID id,
        Instant at,
        AuditActor actor,
        String operation,
        @Nullable String target,
        @Nullable String project) {
    private static final int LONGEST_TARGET = 200;

    public AuditedRequest {
        target = target == null || target.length() <= LONGEST_TARGET ? target : target.substring(0, LONGEST_TARGET);
    }

    public static AuditedRequest now(
            AuditActor actor, String operation, @Nullable String target, @Nullable String project) {
        return new AuditedRequest(
                UUID.randomUUID(), Instant.now().truncatedTo(ChronoUnit.MICROS), actor, operation, target, project);
    }

    /** The same request, of which it is known now what it is about. */
    public AuditedRequest about(@Nullable String knownTarget, @Nullable String knownProject) {
        return new AuditedRequest(
                id,
                at,
                actor,
                operation,
                knownTarget == null ? target : knownTarget,
                knownProject == null ? project : knownProject);
    }

    AuditEntry ended(AuditOutcome outcome, @Nullable Integer status) {
        return new AuditEntry(this, outcome, status, 1);
    }
}
