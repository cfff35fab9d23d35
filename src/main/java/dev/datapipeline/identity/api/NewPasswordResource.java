package dev.datapipeline.identity.api;

import dev.datapipeline.audit.AuditMarks;
import dev.datapipeline.identity.account.Account;
import dev.datapipeline.identity.account.AccountRules;
import dev.datapipeline.identity.account.Accounts;
import dev.datapipeline.identity.account.FirstAdministrator;
import dev.datapipeline.identity.account.Passwords;
import dev.datapipeline.identity.login.SessionStarter;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Choosing a password with a link. Whoever does is signed in. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
@NeedsUsers
class NewPasswordResource {
    private final FirstAdministrator firstAdministrator;
    private final Passwords passwords;
    private final Accounts accounts;
    private final SessionStarter sessions;

    NewPasswordResource(
            FirstAdministrator firstAdministrator, Passwords passwords, Accounts accounts, SessionStarter sessions) {
        this.firstAdministrator = firstAdministrator;
        this.passwords = passwords;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /** @param secret what stands behind the {@code #} of the link */
    @Schema(name = "FirstAdministratorRequest")
    record FirstAdministratorRequest(
            @Nullable String secret,
            @Nullable String username,
            @Nullable String password) {}

    /** @param secret what stands behind the {@code #} of the link */
    @Schema(name = "ChosenPasswordRequest")
    record ChosenPasswordRequest(
            @Nullable String secret, @Nullable String password) {}

    @POST
    @Path("/first-administrator")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createFirstAdministrator",
            summary = "Make the first user, an administrator, with the link in the log of the service")
    public MeResponse createFirst(FirstAdministratorRequest request, @Context RoutingContext context) {
        String secret = AccountRules.required(request.secret(), "secret");
        String username = AccountRules.username(request.username());
        String password = AccountRules.newPassword(request.password(), "/password");
        return signedIn(firstAdministrator.create(secret, username, password), context);
    }

    @POST
    @Path("/password-link")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "usePasswordLink", summary = "Choose a password with a link of an administrator")
    public MeResponse choose(ChosenPasswordRequest request, @Context RoutingContext context) {
        String secret = AccountRules.required(request.secret(), "secret");
        String password = AccountRules.newPassword(request.password(), "/password");
        return signedIn(passwords.chooseWithLink(secret, password), context);
    }

    private MeResponse signedIn(UUID account, RoutingContext context) {
        sessions.begin(account, context.request());
        Account signedIn = accounts.get(account);
        AuditMarks.person(context, signedIn.id(), signedIn.username());
        return MeResponse.of(signedIn, accounts.memberships(account));
    }
}
