package dev.datapipeline.identity.api;

import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.account.Account;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the request.
 *
 * @param singleUser the service has no users: everybody who can send requests may do everything
 * @param username null in single-user mode
 * @param role what the caller may do
 */
@Schema(name = "Me")
record MeResponse(boolean singleUser, @Nullable String username, Role role) {
    static MeResponse ofSingleUser() {
        return new MeResponse(true, null, Role.ADMIN);
    }

    static MeResponse of(Caller caller) {
        return new MeResponse(false, caller.username(), caller.role());
    }

    static MeResponse of(Account account) {
        return new MeResponse(false, account.username(), account.role());
    }
}
