package dev.datapipeline.audit.report;

import dev.datapipeline.audit.AuditActor;
import dev.datapipeline.audit.AuditEntry;
import dev.datapipeline.audit.AuditOutcome;
import dev.datapipeline.audit.AuditedRequest;
import dev.datapipeline.audit.StoredEntry;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log.
 *
 * @param number without gaps, in the order in which entries were written
 * @param account null where the service asks nobody who they are
 * @param key id of the API key of the request
 * @param target what the request was about or made
 * @param attempts equal refused requests that this entry stands for
 * @param digest covers this entry and all before it
 */
@Schema(name = "AuditEntry")
public record AuditEntryResponse(
        long number,
        UUID id,
        Instant at,
        @Nullable UUID account,
        String username,
        @Nullable String key,
        String address,
        String operation,
        @Nullable String target,
        @Nullable String project,
        AuditOutcome outcome,
        @Nullable Integer status,
        int attempts,
        String digest) {
    static AuditEntryResponse of(StoredEntry stored) {
        AuditEntry entry = stored.entry();
        AuditedRequest request = entry.request();
        AuditActor actor = request.actor();
        return new AuditEntryResponse(
                stored.number(),
                request.id(),
                request.at(),
                actor.account(),
                actor.username(),
                actor.key(),
                actor.address(),
                request.operation(),
                request.target(),
                request.project(),
                entry.outcome(),
                entry.status(),
                entry.attempts(),
                stored.digest());
    }
}
