package dev.datapipeline.web;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Gives a body to what the router and the files of the page refuse by a status alone. */
@Singleton
final class BareRefusals {
    private static final int UNREADABLE = 400;

    private final RefusedRequests refused;

    BareRefusals(RefusedRequests refused) {
        this.refused = refused;
    }

    /** Before any other failure handler, and for any path: one that cannot be read matches no other route. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::handle);
        // A path that cannot be decoded fails again at the next handler that asks for it, and so meets no other.
        router.errorHandler(UNREADABLE, this::handle);
    }

    private void handle(RoutingContext request) {
        ProblemException problem = problem(request.statusCode());
        if (problem == null || request.response().ended()) {
            request.next();
        } else {
            refused.end(request, problem);
        }
    }

    private static @Nullable ProblemException problem(int status) {
        return switch (status) {
            case UNREADABLE ->
                new ProblemException(
                        ProblemType.INVALID_REQUEST, "The address or the Host header of the request cannot be read.");
            case 404 -> ProblemException.notFound("thing here");
            case 416 ->
                new ProblemException(
                        ProblemType.RANGE_NOT_SATISFIABLE,
                        "The file has nothing in the range that the header Range names.");
            default -> null;
        };
    }
}
