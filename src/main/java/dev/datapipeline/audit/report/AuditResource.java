package dev.datapipeline.audit.report;

import dev.datapipeline.http.paging.ListCursor;
import dev.datapipeline.http.paging.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The audit log, for administrators. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
class AuditResource {
    private final AuditHistory history;
    private final AuditVerifier verifier;

    AuditResource(AuditHistory history, AuditVerifier verifier) {
        this.history = history;
        this.verifier = verifier;
    }

    @GET
    @Operation(
            operationId = "listAuditEntries",
            summary = "Changes, and what people who are known were denied; the newest first")
    public Page<AuditEntryResponse> list(
            @BeanParam AuditSelection selection,
            @RestQuery @DefaultValue("50") @Min(1) @Max(1000) int limit,
            @RestQuery @Nullable ListCursor cursor) {
        return history.list(selection, limit, cursor).map(AuditEntryResponse::of);
    }

    @GET
    @Path("/verify")
    @Operation(
            operationId = "verifyAudit",
            summary = "Check that no entry of the audit log was changed, removed or put in between")
    public AuditVerification verify() {
        return verifier.verify();
    }
}
