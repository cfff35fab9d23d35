package dev.datapipeline.identity.api;

import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.access.AccessDecision;
import dev.datapipeline.identity.account.AccountRules;
import dev.datapipeline.identity.account.Passwords;
import dev.datapipeline.identity.credential.Credentials;
import dev.datapipeline.identity.credential.SessionInfo;
import dev.datapipeline.identity.login.PasswordLogin;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The password and the sessions of whoever is signed in. */
@Path("/api/v1/me")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
@NeedsUsers
class OwnAccountResource {
    private final PasswordLogin login;
    private final Passwords passwords;
    private final Credentials credentials;

    OwnAccountResource(PasswordLogin login, Passwords passwords, Credentials credentials) {
        this.login = login;
        this.passwords = passwords;
        this.credentials = credentials;
    }

    @Schema(name = "PasswordChange")
    record PasswordChange(
            @Nullable String currentPassword, @Nullable String newPassword) {}

    /** @param current whether the request was made with this session */
    @Schema(name = "Session")
    record SessionResponse(
            UUID id,
            boolean current,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt,
            @Nullable String address,
            @Nullable String browser) {
        static SessionResponse of(SessionInfo session, Caller caller) {
            return new SessionResponse(
                    session.id(),
                    session.id().equals(caller.session()),
                    session.createdAt(),
                    session.lastUsedAt(),
                    session.expiresAt(),
                    session.address(),
                    session.browser());
        }
    }

    @Schema(name = "Sessions")
    record Sessions(List<SessionResponse> items) {}

    @PUT
    @Path("/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(204)
    @Operation(operationId = "changePassword", summary = "Change the own password, and end all other sessions")
    public void changePassword(PasswordChange request, @Context RoutingContext context) {
        Caller caller = AccessDecision.callerOf(context);
        String current = AccountRules.required(request.currentPassword(), "currentPassword");
        String chosen = AccountRules.newPassword(request.newPassword(), "/newPassword");
        HttpServerRequest http = context.request();
        login.confirm(caller, current, http);
        passwords.change(caller, chosen, Objects.requireNonNull(caller.session()));
    }

    @GET
    @Path("/sessions")
    @Operation(operationId = "listSessions", summary = "The own sessions, the last used one first")
    public Sessions sessions(@Context RoutingContext context) {
        Caller caller = AccessDecision.callerOf(context);
        return new Sessions(credentials.sessions(caller.account()).stream()
                .map(session -> SessionResponse.of(session, caller))
                .toList());
    }

    @DELETE
    @Path("/sessions")
    @ResponseStatus(204)
    @Operation(operationId = "signOutEverywhere", summary = "End all own sessions, this one included; API keys stay")
    public void endSessions(@Context RoutingContext context) {
        credentials.endSessions(AccessDecision.callerOf(context).account());
    }

    @DELETE
    @Path("/sessions/{id}")
    @ResponseStatus(204)
    @Operation(operationId = "endSession", summary = "End one of the own sessions")
    public void endSession(@RestPath UUID id, @Context RoutingContext context) {
        credentials.endSession(AccessDecision.callerOf(context).account(), id);
    }
}
