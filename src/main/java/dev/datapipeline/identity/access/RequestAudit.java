package dev.datapipeline.identity.access;

import dev.datapipeline.audit.AuditActor;
import dev.datapipeline.audit.AuditLog;
import dev.datapipeline.audit.AuditMarks;
import dev.datapipeline.audit.AuditOutcome;
import dev.datapipeline.audit.AuditedRequest;
import dev.datapipeline.http.filter.AuditFilter;
import dev.datapipeline.identity.ClientAddress;
import dev.datapipeline.identity.account.UserMode;
import dev.datapipeline.identity.credential.Credential;
import dev.datapipeline.project.ProjectAccess;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts every change and every denied attempt of somebody who is known into the audit log, by what {@link AccessGate} decided. Runs on the event
 * loop.
 */
@Singleton
final class RequestAudit implements AuditFilter {
    private static final String BEGUN = RequestAudit.class.getName();
    private static final Set<String> READING =
            Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.OPTIONS.name());
    /** Operations that change nothing although their methods may. */
    private static final Set<String> CHECKS =
            Set.of("POST /api/v1/scripts/check", "POST /api/v1/llm/upstreams/{name}/check");

    private final AccessMatrix matrix = AccessMatrix.load();
    private final UserMode users;
    private final AuditLog log;
    private final Refusals refusals;
    private final Vertx vertx;

    RequestAudit(UserMode users, AuditLog log, Refusals refusals, Vertx vertx) {
        this.users = users;
        this.log = log;
        this.refusals = refusals;
        this.vertx = vertx;
    }

    @Override
    public void watch(RoutingContext request) {
        request.addEndHandler(ended -> end(request, ended.succeeded()));
        request.next();
    }

    @Override
    public void begin(RoutingContext request) {
        AccessRule rule = rule(request);
        AuditActor actor = actor(request);
        if (rule == null || actor == null || !isChange(rule)) {
            request.next();
            return;
        }
        AuditedRequest change = AuditedRequest.now(
                actor, rule.operation(), target(rule, request.request().path()), null);
        Context loop = vertx.getOrCreateContext();
        log.begin(change)
                .whenComplete((written, failure) -> loop.runOnContext(now -> {
                    if (failure == null) {
                        request.put(BEGUN, change);
                        request.next();
                    } else {
                        refusals.auditUnavailable(request);
                    }
                }));
    }

    /** Without users nobody has decided anything. */
    private @Nullable AccessRule rule(RoutingContext request) {
        if (!users.isSingleUser()) {
            return AccessDecision.ruleOf(request);
        }
        String path = request.request().path();
        return path == null
                ? null
                : matrix.find(request.request().method().name(), path).orElse(null);
    }

    private static boolean isChange(AccessRule rule) {
        return !READING.contains(rule.method()) && !CHECKS.contains(rule.operation());
    }

    /** Null where nobody knows who makes the request. */
    private @Nullable AuditActor actor(RoutingContext request) {
        String address = ClientAddress.of(request.request());
        if (users.isSingleUser()) {
            return AuditActor.local(address);
        }
        AuditMarks.Person person = AuditMarks.person(request);
        return person == null
                ? null
                : new AuditActor(person.account(), person.username(), key(request.request()), address);
    }

    private static @Nullable String key(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null
                ? null
                : Credential.Key.ofHeader(header).map(Credential.Key::id).orElse(null);
    }

    private void end(RoutingContext request, boolean isAnswered) {
        int status = request.response().getStatusCode();
        AuditOutcome outcome = isAnswered ? outcome(request, status) : AuditOutcome.UNKNOWN;
        AuditedRequest begun = request.get(BEGUN);
        if (begun != null) {
            log.end(begun.about(madeBy(request), project(request)), outcome, isAnswered ? status : null);
            return;
        }
        if (users.isSingleUser()) {
            return;
        }
        AuditActor actor = isSignIn(request) || outcome == AuditOutcome.DENIED ? actor(request) : null;
        if (actor != null) {
            log.add(withoutBegin(request, actor), outcome, status);
        }
    }

    /** Whether it is known only by its end who makes the request. */
    private static boolean isSignIn(RoutingContext request) {
        AccessRule rule = AccessDecision.ruleOf(request);
        return rule != null && rule.isOpen() && isChange(rule);
    }

    private static AuditOutcome outcome(RoutingContext request, int status) {
        boolean isDenied =
                ProjectAccess.find(request).filter(ProjectAccess::isDenied).isPresent();
        return isDenied ? AuditOutcome.DENIED : AuditOutcome.ofStatus(status);
    }

    private AuditedRequest withoutBegin(RoutingContext request, AuditActor actor) {
        HttpServerRequest http = request.request();
        String path = String.valueOf(http.path());
        String method = http.method().equals(HttpMethod.HEAD)
                ? HttpMethod.GET.name()
                : http.method().name();
        return matrix.find(method, path)
                .map(rule -> AuditedRequest.now(actor, rule.operation(), target(rule, path), project(request)))
                .orElseGet(() -> AuditedRequest.now(actor, "unknown operation", null, null));
    }

    private static @Nullable String project(RoutingContext request) {
        ProjectAccess access = ProjectAccess.find(request).orElse(null);
        return access == null ? null : access.projectName();
    }

    /** What the request made. */
    private static @Nullable String madeBy(RoutingContext request) {
        String marked = AuditMarks.target(request);
        String location = request.response().headers().get(HttpHeaders.LOCATION);
        return marked != null || location == null ? marked : location.substring(location.lastIndexOf('/') + 1);
    }

    /** The values of the parameters in the path; null where it has none. */
    private static @Nullable String target(AccessRule rule, @Nullable String path) {
        List<String> names = rule.segments();
        List<String> values =
                path == null ? List.of() : List.of(path.substring(1).split("/", -1));
        String target = IntStream.range(0, Math.min(names.size(), values.size()))
                .filter(index -> AccessRule.isParameter(names.get(index)))
                .mapToObj(values::get)
                .collect(Collectors.joining("/"));
        return target.isEmpty() ? null : target;
    }
}
