package dev.datapipeline.audit;

import dev.datapipeline.database.Row;

/** An entry at its place in the log. */
public record StoredEntry(long number, AuditEntry entry, String digest) {
    /** Columns of {@code audit_entry} for {@link #of}. */
    public static final String COLUMNS =
            "number, id, at, account_id, username, key_id, address, operation, target, project, outcome, status, attempts, digest";

    public static StoredEntry of(Row row) {
        AuditEntry entry = new AuditEntry(
                request(row),
                row.constant(AuditOutcome.class, "outcome"),
                row.optionalInteger("status"),
                row.integer("attempts"));
        return new StoredEntry(row.number("number"), entry, row.text("digest"));
    }

    static AuditedRequest request(Row row) {
        return new AuditedRequest(
                row.id("id"),
                row.instant("at"),
                actor(row),
                row.text("operation"),
                row.optionalText("target"),
                row.optionalText("project"));
    }

    private static AuditActor actor(Row row) {
        return new AuditActor(
                row.optionalId("account_id"), row.text("username"), row.optionalText("key_id"), row.text("address"));
    }
}
