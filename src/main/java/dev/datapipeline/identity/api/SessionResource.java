package dev.datapipeline.identity.api;

import dev.datapipeline.audit.AuditMarks;
import dev.datapipeline.identity.account.Account;
import dev.datapipeline.identity.account.AccountRules;
import dev.datapipeline.identity.account.Accounts;
import dev.datapipeline.identity.login.PasswordLogin;
import dev.datapipeline.identity.login.SessionStarter;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Signing in and out. */
@Path("/api/v1/session")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
@NeedsUsers
class SessionResource {
    private final PasswordLogin login;
    private final SessionStarter sessions;
    private final Accounts accounts;

    SessionResource(PasswordLogin login, SessionStarter sessions, Accounts accounts) {
        this.login = login;
        this.sessions = sessions;
        this.accounts = accounts;
    }

    @Schema(name = "SignInRequest")
    record SignInRequest(
            @Nullable String username, @Nullable String password) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "signIn", summary = "Sign in with a password; the answer sets the cookie of the session")
    public MeResponse signIn(SignInRequest request, @Context RoutingContext context) {
        String username = AccountRules.required(request.username(), "username");
        String password = AccountRules.required(request.password(), "password");
        HttpServerRequest http = context.request();
        UUID account;
        try {
            account = login.check(username, password, http);
        } catch (ProblemException refused) {
            if (refused.type() == ProblemType.LOGIN_FAILED) {
                accounts.find(username).ifPresent(owner -> AuditMarks.person(context, owner.id(), owner.username()));
            }
            throw refused;
        }
        sessions.begin(account, http);
        Account signedIn = accounts.get(account);
        AuditMarks.person(context, signedIn.id(), signedIn.username());
        return MeResponse.of(signedIn, accounts.memberships(account));
    }

    @DELETE
    @ResponseStatus(204)
    @Operation(operationId = "signOut", summary = "End the session of the request")
    public void signOut(@Context HttpServerRequest http) {
        sessions.end(http);
    }
}
