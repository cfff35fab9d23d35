package dev.datapipeline.identity.access;

import dev.datapipeline.http.ProjectParameter;
import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Role;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.project.ProjectAccess;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Decides in which projects a request may work. */
final class RequestProjects {
    private RequestProjects() {}

    static void decideForSingleUser(RoutingContext request, AccessMatrix matrix, String method) {
        ProjectAccess access = ProjectAccess.ofSingleUser();
        if (ProjectParameter.isIn(request)) {
            matrix.find(method, String.valueOf(request.request().path()))
                    .filter(rule -> rule.scope().takesProject())
                    .ifPresent(rule -> choose(request, access));
        }
        access.keepWith(request);
    }

    /**
     * @param needed by the rule
     * @throws ProblemException when the request names a project of which the caller is no member, needs one and names none, or needs another role
     */
    static void decide(RoutingContext request, AccessRule rule, Caller caller, Role needed) {
        ProjectAccess access = switch (rule.scope()) {
            case OPEN, SERVICE -> ProjectAccess.toNothing(caller);
            case PROJECT, THING, SETTINGS -> ProjectAccess.of(caller, needed);
        };
        if (rule.scope().takesProject()) {
            choose(request, access);
        }
        if (rule.scope() == AccessScope.PROJECT) {
            access.project();
        }
        access.keepWith(request);
    }

    private static void choose(RoutingContext request, ProjectAccess access) {
        ProjectParameter.allow(request);
        @Nullable String named = ProjectParameter.of(request);
        if (named != null) {
            access.choose(named);
        }
    }
}
