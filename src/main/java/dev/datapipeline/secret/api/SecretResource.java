package dev.datapipeline.secret.api;

import dev.datapipeline.audit.AuditMarks;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.secret.SecretInfo;
import dev.datapipeline.secret.Secrets;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The secrets of the instance, for administrators. */
@Path("/api/v1/secrets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Secrets")
class SecretResource {
    private static final String LOCAL = "local";

    private final Secrets secrets;

    SecretResource(Secrets secrets) {
        this.secrets = secrets;
    }

    @Schema(name = "Secrets")
    record SecretList(List<SecretInfo> items) {}

    @GET
    @Operation(operationId = "listSecrets", summary = "The secrets of the instance by name, without their values")
    public SecretList list() {
        return new SecretList(secrets.list());
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(204)
    @Operation(operationId = "putSecret", summary = "Set the value of a secret, which nobody can read again")
    public void put(@RestPath String name, SecretRequest request, @Context RoutingContext context) {
        String value = request.value();
        if (value == null) {
            throw ProblemException.invalidField(ProblemType.MISSING_FIELD, "/value", "The field \"value\" is missing.");
        }
        secrets.put(name, value, who(context));
    }

    @DELETE
    @Path("/{name}")
    @ResponseStatus(204)
    @Operation(operationId = "deleteSecret", summary = "Delete a secret; what names it goes on without one")
    public void delete(@RestPath String name) {
        secrets.delete(name);
    }

    private static String who(RoutingContext context) {
        AuditMarks.@Nullable Person person = AuditMarks.person(context);
        return person == null ? LOCAL : person.username();
    }
}
