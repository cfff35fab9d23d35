package dev.datapipeline.audit.report;

import dev.datapipeline.audit.AuditOutcome;
import dev.datapipeline.http.paging.PointInTime;
import dev.datapipeline.problem.ProblemException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which entries of the audit log a client asks for. */
public final class AuditSelection {
    private static final int LONGEST = 200;

    @Parameter(description = "A username, or local where the service asks nobody who they are")
    @RestQuery
    @Nullable
    String who;

    @Parameter(description = "Part of an operation such as DELETE /api/v1/runs/{id}, without regard to case")
    @RestQuery
    @Nullable
    String operation;

    @Parameter(description = "The id or name that the entry is about")
    @RestQuery
    @Nullable
    String target;

    @RestQuery
    @Nullable
    AuditOutcome outcome;

    @Parameter(description = "Entries of this time and later")
    @RestQuery
    @Nullable
    PointInTime since;

    @Parameter(description = "Entries before this time")
    @RestQuery
    @Nullable
    PointInTime until;

    @Nullable
    String who() {
        return text("who", who);
    }

    @Nullable
    String operation() {
        return text("operation", operation);
    }

    @Nullable
    String target() {
        return text("target", target);
    }

    @Nullable
    Instant since() {
        return since == null ? null : since.instant();
    }

    @Nullable
    Instant until() {
        return until == null ? null : until.instant();
    }

    /** Empty text counts as not given. */
    private static @Nullable String text(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalidParameter(
                    name, "must have at most %d characters, and no control characters".formatted(LONGEST));
        }
        return text.strip();
    }
}
