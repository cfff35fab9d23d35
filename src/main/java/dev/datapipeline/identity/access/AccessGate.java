package dev.datapipeline.identity.access;

import dev.datapipeline.audit.AuditMarks;
import dev.datapipeline.http.filter.AccessFilter;
import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.account.UserMode;
import dev.datapipeline.identity.credential.Credential;
import dev.datapipeline.identity.credential.KnownCallers;
import dev.datapipeline.identity.credential.SessionCookie;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.project.ProjectAccess;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Lets a request pass if the access matrix allows it to its caller. Runs on the event loop, before the body is read; refuses by default. */
@Singleton
final class AccessGate implements AccessFilter {
    private static final Logger LOG = Logger.getLogger(AccessGate.class);
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final AccessMatrix matrix = AccessMatrix.load();
    private final UserMode users;
    private final SessionCookie cookie;
    private final KnownCallers callers;
    private final Refusals refusals;
    private final Vertx vertx;

    AccessGate(UserMode users, SessionCookie cookie, KnownCallers callers, Refusals refusals, Vertx vertx) {
        this.users = users;
        this.cookie = cookie;
        this.callers = callers;
        this.refusals = refusals;
        this.vertx = vertx;
    }

    @Override
    public void handle(RoutingContext request) {
        if (users.isSingleUser()) {
            passSingleUser(request);
            return;
        }
        AccessRule rule = rule(request.request());
        if (rule != null && rule.leastRole() == null) {
            ProjectAccess.toNothing(null).keepWith(request);
            AccessDecision.allow(request, rule, null);
            return;
        }
        Optional<? extends Credential> credential = credential(request.request());
        if (credential.isEmpty()) {
            refusals.notSignedIn(request);
            return;
        }
        CompletableFuture<Optional<Caller>> lookup = callers.of(credential.get());
        if (lookup.isDone()) {
            decide(request, rule, lookup);
            return;
        }
        Context loop = vertx.getOrCreateContext();
        lookup.whenComplete((caller, failure) -> loop.runOnContext(done -> decide(request, rule, lookup)));
    }

    private void passSingleUser(RoutingContext request) {
        try {
            RequestProjects.decideForSingleUser(request, matrix, method(request.request()));
        } catch (ProblemException refused) {
            refusals.end(request, refused);
            return;
        }
        request.next();
    }

    private @Nullable AccessRule rule(HttpServerRequest request) {
        String path = request.path();
        return path == null ? null : matrix.find(method(request), path).orElse(null);
    }

    /** HEAD is GET without the body. */
    private static String method(HttpServerRequest request) {
        return request.method().equals(HttpMethod.HEAD)
                ? HttpMethod.GET.name()
                : request.method().name();
    }

    /** A header that cannot be read is no reason to look at the cookie. */
    private Optional<? extends Credential> credential(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null ? cookie.read(request) : Credential.Key.ofHeader(header);
    }

    private void decide(RoutingContext request, @Nullable AccessRule rule, CompletableFuture<Optional<Caller>> lookup) {
        Caller caller;
        try {
            caller = lookup.join().orElse(null);
        } catch (CompletionException failure) {
            LOG.warnf("The caller of a request cannot be looked up: %s", failure.getCause());
            refusals.databaseUnavailable(request);
            return;
        }
        if (caller != null) {
            AuditMarks.person(request, caller.account(), caller.username());
        }
        if (caller == null) {
            refusals.notSignedIn(request);
        } else if (!caller.usesKey() && !saysWhereItComesFrom(request.request())) {
            refusals.notFromOwnPage(request);
        } else if (rule == null || rule.leastRole() == null) {
            passWithoutRule(request);
        } else if (caller.usesKey() && !rule.allowsKeys()) {
            refusals.keyNotAllowed(request);
        } else if (rule.scope() == AccessScope.SERVICE && !rule.allows(caller.role())) {
            refusals.roleTooLow(request, rule.leastRole());
        } else {
            enterProject(request, rule, caller, rule.leastRole());
        }
    }

    private void enterProject(RoutingContext request, AccessRule rule, Caller caller, Role needed) {
        try {
            RequestProjects.decide(request, rule, caller, needed);
        } catch (ProblemException refused) {
            refusals.end(request, refused);
            return;
        }
        AccessDecision.allow(request, rule, caller);
    }

    /**
     * Where the path is known, the resources answer which methods it has; they do no more, since {@link ResourceGuard} runs no method without a
     * rule.
     */
    private void passWithoutRule(RoutingContext request) {
        String path = String.valueOf(request.request().path());
        if (path.startsWith("/api/") && matrix.hasPath(path)) {
            request.next();
        } else {
            refusals.notFound(request);
        }
    }

    /** Browsers say so with every change; CrossSiteRequestFilter has refused other sites. */
    private static boolean saysWhereItComesFrom(HttpServerRequest request) {
        return READING.contains(request.method())
                || request.headers().contains("Sec-Fetch-Site")
                || request.headers().contains("Origin");
    }
}
