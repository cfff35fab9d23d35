package dev.datapipeline.identity.api;

import dev.datapipeline.audit.AuditMarks;
import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.access.AccessDecision;
import dev.datapipeline.identity.credential.ApiKeyInfo;
import dev.datapipeline.identity.credential.Credentials;
import dev.datapipeline.identity.credential.NewKeys;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.project.ProjectAccess;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The API keys of whoever is signed in. */
@Path("/api/v1/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
@NeedsUsers
class ApiKeyResource {
    private static final int LONGEST_NAME = 100;

    private final Credentials credentials;

    ApiKeyResource(Credentials credentials) {
        this.credentials = credentials;
    }

    @Schema(name = "ApiKeys")
    record ApiKeys(List<ApiKeyInfo> items) {}

    /**
     * A key to be made.
     *
     * @param project name or id; absent for the only project of the caller
     * @param role in the project; absent for that of the caller
     * @param expiresAt absent for a key that is valid until it is deleted
     */
    @Schema(name = "NewApiKey")
    record NewApiKey(
            @Nullable String name,
            @Nullable String project,
            @Nullable Role role,
            @Nullable Instant expiresAt) {}

    /** @param key the whole key, which is shown this once */
    @Schema(name = "CreatedApiKey")
    record CreatedApiKey(ApiKeyInfo info, String key) {}

    @GET
    @Operation(operationId = "listApiKeys", summary = "The own API keys, the newest first, without their secrets")
    public ApiKeys list(@Context RoutingContext context) {
        return new ApiKeys(credentials.keys(AccessDecision.callerOf(context).account()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(operationId = "createApiKey", summary = "Make an API key for a project, with the own role in it at most")
    public CreatedApiKey create(NewApiKey request, @Context RoutingContext context) {
        Caller caller = AccessDecision.callerOf(context);
        Membership membership = membership(caller, request.project());
        Role role = request.role() == null ? membership.role() : request.role();
        if (!membership.role().includes(role)) {
            throw wrong("/role", "A key can have your own role in its project at most.");
        }
        Instant expiresAt = request.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(Instant.now())) {
            throw wrong("/expiresAt", "The key would have expired already. Name a time in the future.");
        }
        NewKeys.NewKey created = credentials.createKey(
                caller.account(), new NewKeys.Wanted(membership.project(), name(request.name()), role, expiresAt));
        AuditMarks.target(context, created.info().id());
        return new CreatedApiKey(created.info(), created.key());
    }

    @DELETE
    @Path("/{id}")
    @ResponseStatus(204)
    @Operation(operationId = "deleteApiKey", summary = "Delete one of the own API keys, which is refused from then on")
    public void delete(@RestPath String id, @Context RoutingContext context) {
        credentials.deleteKey(AccessDecision.callerOf(context).account(), id);
    }

    private static Membership membership(Caller caller, @Nullable String project) {
        ProjectAccess access = ProjectAccess.of(caller, Role.VIEWER);
        if (project != null) {
            access.choose(project);
        }
        return access.membership();
    }

    private static String name(@Nullable String text) {
        String name = text == null ? "" : text.strip();
        if (name.isEmpty()) {
            throw ProblemException.invalidField(
                    ProblemType.MISSING_FIELD, "/name", "The key needs a name that says what it is for.");
        }
        boolean isPlain = name.codePoints().noneMatch(Character::isISOControl);
        if (name.length() > LONGEST_NAME || !isPlain) {
            throw wrong("/name", "A name has at most " + LONGEST_NAME + " characters, and no control characters.");
        }
        return name;
    }

    private static ProblemException wrong(String pointer, String message) {
        return ProblemException.invalidField(ProblemType.OUT_OF_RANGE, pointer, message);
    }
}
