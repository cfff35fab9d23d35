package dev.datapipeline.identity.access;

import dev.datapipeline.identity.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may use one operation.
 *
 * @param path with parameters in braces; {@code /**} stands for the page, which is every path outside of the API
 * @param leastRole null if nobody has to sign in
 * @param allowsKeys whether a request with an API key is allowed
 * @param scope of what the role is meant
 */
record AccessRule(String method, String path, @Nullable Role leastRole, boolean allowsKeys, AccessScope scope) {
    static final String PAGE = "/**";

    /** Whether nobody has to sign in. */
    boolean isOpen() {
        return leastRole == null;
    }

    boolean allows(Role role) {
        return leastRole == null || role.includes(leastRole);
    }

    List<String> segments() {
        return List.of(path.substring(1).split("/", -1));
    }

    String operation() {
        return method + " " + path;
    }

    static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
