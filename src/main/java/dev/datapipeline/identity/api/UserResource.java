package dev.datapipeline.identity.api;

import dev.datapipeline.audit.AuditMarks;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.account.Account;
import dev.datapipeline.identity.account.AccountRules;
import dev.datapipeline.identity.account.Accounts;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Users, for administrators. */
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
@NeedsUsers
class UserResource {
    private final Accounts accounts;

    UserResource(Accounts accounts) {
        this.accounts = accounts;
    }

    @Schema(name = "Users")
    record Users(List<Account> items) {}

    @Schema(name = "NewUser")
    record NewUser(@Nullable String username, @Nullable Role role) {}

    /** @param passwordLink to be given to the user */
    @Schema(name = "CreatedUser")
    record CreatedUser(Account user, LinkResponse passwordLink) {}

    @Schema(name = "UserChange")
    record UserChange(@Nullable Role role, @Nullable Boolean active) {}

    @GET
    @Operation(operationId = "listUsers", summary = "All users, by name")
    public Users list() {
        return new Users(accounts.list());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(operationId = "createUser", summary = "Make a user, and a link with which the user chooses a password")
    public CreatedUser create(NewUser request, @Context RoutingContext context) {
        String username = AccountRules.username(request.username());
        Accounts.NewAccount created = accounts.create(username, required(request.role(), "role"));
        AuditMarks.target(context, username);
        return new CreatedUser(created.account(), LinkResponse.of(created.link()));
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "updateUser",
            summary =
                    "Change the role of a user, or deactivate the user, which ends the user's sessions and suspends the keys")
    public Account update(@RestPath UUID id, UserChange request) {
        return accounts.update(id, required(request.role(), "role"), required(request.active(), "active"));
    }

    @POST
    @Path("/{id}/password-link")
    @ResponseStatus(201)
    @Operation(
            operationId = "createPasswordLink",
            summary = "Make a link with which a user chooses a new password; the old one stays valid until then")
    public LinkResponse createLink(@RestPath UUID id) {
        return LinkResponse.of(accounts.createLink(id));
    }

    @DELETE
    @Path("/{id}/sessions")
    @ResponseStatus(204)
    @Operation(operationId = "signOutUser", summary = "End all sessions of a user; API keys stay")
    public void endSessions(@RestPath UUID id) {
        accounts.signOutEverywhere(id);
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw ProblemException.invalidField(
                    ProblemType.MISSING_FIELD, "/" + name, "The field \"" + name + "\" is missing.");
        }
        return value;
    }
}
