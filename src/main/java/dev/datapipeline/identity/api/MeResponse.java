package dev.datapipeline.identity.api;

import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.account.Account;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the request.
 *
 * @param singleUser the service has no users: everybody who can send requests may do everything
 * @param username null in single-user mode
 * @param role ADMIN for an administrator of the service; what others may do is decided in each project
 * @param projects of which the caller is a member, by name
 */
@Schema(name = "Me")
record MeResponse(boolean singleUser, @Nullable String username, Role role, List<ProjectOfCaller> projects) {
    /** @param role of the caller in the project */
    @Schema(name = "ProjectOfCaller")
    record ProjectOfCaller(UUID id, String name, Role role) {
        static ProjectOfCaller of(Membership membership) {
            return new ProjectOfCaller(membership.project(), membership.name(), membership.role());
        }
    }

    static MeResponse ofSingleUser() {
        return new MeResponse(true, null, Role.ADMIN, List.of(ProjectOfCaller.of(Membership.OF_SINGLE_USER)));
    }

    static MeResponse of(Caller caller) {
        return of(caller.username(), caller.role(), caller.memberships());
    }

    static MeResponse of(Account account, List<Membership> memberships) {
        return of(account.username(), account.role(), memberships);
    }

    private static MeResponse of(String username, Role role, List<Membership> memberships) {
        return new MeResponse(
                false,
                username,
                role,
                memberships.stream().map(ProjectOfCaller::of).toList());
    }
}
