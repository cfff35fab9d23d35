package dev.datapipeline.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The person on whose behalf a request is made, with a valid session or API key.
 *
 * @param role that of the account, or less where the API key allows less
 * @param session null if the request was made with an API key
 */
public record Caller(
        UUID account, String username, Role role, @Nullable UUID session) {
    public boolean usesKey() {
        return session == null;
    }
}
