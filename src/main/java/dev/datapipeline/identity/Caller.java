package dev.datapipeline.identity;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The person on whose behalf a request is made, with a valid session or API key.
 *
 * @param role that of the account in the service, of which ADMIN alone means something; less where the API key allows less
 * @param session null if the request was made with an API key
 * @param memberships in projects; with an API key the one of its project, with what both allow
 */
public record Caller(
        UUID account, String username, Role role, @Nullable UUID session, List<Membership> memberships) {
    public Caller {
        memberships = List.copyOf(memberships);
    }

    public boolean usesKey() {
        return session == null;
    }

    /** Whether the caller manages users, upstreams and projects. */
    public boolean isAdministrator() {
        return role == Role.ADMIN;
    }
}
