package dev.datapipeline.identity.access;

import dev.datapipeline.identity.Caller;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** That a request was allowed, by which rule, and to whom; kept with the request. */
public final class AccessDecision {
    private static final String KEY = AccessDecision.class.getName();

    private final AccessRule rule;
    private final @Nullable Caller caller;

    private AccessDecision(AccessRule rule, @Nullable Caller caller) {
        this.rule = rule;
        this.caller = caller;
    }

    static void allow(RoutingContext request, AccessRule rule, @Nullable Caller caller) {
        request.put(KEY, new AccessDecision(rule, caller));
        request.next();
    }

    /** The rule that allowed the request; null if none did. */
    static @Nullable AccessRule ruleOf(RoutingContext request) {
        AccessDecision decision = request.get(KEY);
        return decision == null ? null : decision.rule;
    }

    /** Who makes a request that nobody may make without signing in. */
    public static Caller callerOf(RoutingContext request) {
        AccessDecision decision = request.get(KEY);
        return Objects.requireNonNull(decision.caller, "this operation is open to everybody");
    }
}
