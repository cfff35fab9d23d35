package dev.datapipeline.identity.access;

import dev.datapipeline.http.filter.ProblemWriter;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.account.FirstAdministrator;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;

/** The answers to requests that are refused. */
@Singleton
final class Refusals {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ProblemWriter problems;
    private final FirstAdministrator firstAdministrator;

    Refusals(ProblemWriter problems, FirstAdministrator firstAdministrator) {
        this.problems = problems;
        this.firstAdministrator = firstAdministrator;
    }

    void notSignedIn(RoutingContext request) {
        if (firstAdministrator.isAwaited()) {
            end(
                    request,
                    ProblemType.NO_USERS_YET,
                    "There are no users yet. The log of the service has a link to make the first administrator.");
        } else {
            end(
                    request,
                    ProblemType.NOT_SIGNED_IN,
                    "Sign in at the page of the service, or send an API key: \"Authorization: Bearer dpf_…\".");
        }
    }

    void notFromOwnPage(RoutingContext request) {
        end(
                request,
                ProblemType.CROSS_SITE,
                "A change with the session of a browser must come from the page of the service, and this request does not say where it comes"
                        + " from. Programs use an API key.");
    }

    void keyNotAllowed(RoutingContext request) {
        end(
                request,
                ProblemType.SESSION_REQUIRED,
                "This cannot be done with an API key, so that a stolen key makes no other keys. Sign in at the page of the service.");
    }

    void roleTooLow(RoutingContext request, Role needed) {
        end(
                request,
                ProblemType.ROLE_TOO_LOW,
                "This needs the role " + needed.name().toLowerCase(Locale.ROOT)
                        + ". An administrator can give it to you.");
    }

    void end(RoutingContext request, ProblemException refused) {
        problems.end(request, refused);
    }

    void notFound(RoutingContext request) {
        problems.end(request, ProblemException.notFound("path"));
    }

    void databaseUnavailable(RoutingContext request) {
        problems.end(
                request,
                new ProblemException(
                                ProblemType.DATABASE_UNAVAILABLE,
                                "The database does not answer right now, so nobody can be recognized. Try again soon.")
                        .retryAfter(RETRY_AFTER));
    }

    void auditUnavailable(RoutingContext request) {
        problems.end(
                request,
                new ProblemException(
                                ProblemType.DATABASE_UNAVAILABLE,
                                "The audit log cannot be written right now, so nothing is changed. Try again soon.")
                        .retryAfter(RETRY_AFTER));
    }

    private void end(RoutingContext request, ProblemType type, String detail) {
        problems.end(request, new ProblemException(type, detail));
    }
}
