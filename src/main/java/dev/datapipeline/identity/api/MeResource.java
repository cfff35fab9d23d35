package dev.datapipeline.identity.api;

import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.access.AccessDecision;
import dev.datapipeline.identity.account.UserMode;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who makes the request. */
@Path("/api/v1/me")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
class MeResource {
    private final UserMode users;

    MeResource(UserMode users) {
        this.users = users;
    }

    @GET
    @Operation(operationId = "getMe", summary = "Who makes the request, and in which role")
    public MeResponse get(@Context RoutingContext request) {
        if (users.isSingleUser()) {
            return MeResponse.ofSingleUser();
        }
        Caller caller = AccessDecision.callerOf(request);
        return MeResponse.of(caller);
    }
}
