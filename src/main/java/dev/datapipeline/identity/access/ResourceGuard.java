package dev.datapipeline.identity.access;

import dev.datapipeline.identity.account.UserMode;
import dev.datapipeline.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** Runs a resource method only if the request was allowed by the rule of this very method. */
public class ResourceGuard {
    private final UserMode users;
    private final Map<Method, String> operations = new ConcurrentHashMap<>();

    ResourceGuard(UserMode users) {
        this.users = users;
    }

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    public void check(ResourceInfo resource) {
        if (users.isSingleUser()) {
            return;
        }
        AccessRule rule = AccessDecision.ruleOf(CurrentRequestManager.get().unwrap(RoutingContext.class));
        String operation = operations.computeIfAbsent(resource.getResourceMethod(), ResourceOperations::operation);
        if (rule == null || !rule.operation().equals(operation)) {
            throw ProblemException.notFound("path");
        }
    }
}
