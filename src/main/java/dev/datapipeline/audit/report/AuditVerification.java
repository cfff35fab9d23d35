package dev.datapipeline.audit.report;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whether the entries of the audit log are those that were written.
 *
 * @param entries how many there are
 * @param removed number of the last entry that was removed because it was old; 0 where none was
 * @param last number of the last entry
 * @param digest of the last entry: kept elsewhere, it proves later that nobody wrote the whole log anew
 * @param firstInvalid number of the first entry that is missing or not as it was written; null where all are
 */
@Schema(name = "AuditVerification")
public record AuditVerification(
        boolean valid,
        long entries,
        long removed,
        long last,
        String digest,
        @Nullable Long firstInvalid) {}
