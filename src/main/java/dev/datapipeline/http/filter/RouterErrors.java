package dev.datapipeline.http.filter;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Adds a problem document to errors of the router and of static files, which have a status only. */
@Singleton
final class RouterErrors {
    private final ProblemWriter problems;

    RouterErrors(ProblemWriter problems) {
        this.problems = problems;
    }

    void handle(RoutingContext request) {
        ProblemException problem = problem(request.statusCode());
        if (problem == null || request.response().ended()) {
            request.next();
        } else {
            problems.end(request, problem);
        }
    }

    private static @Nullable ProblemException problem(int status) {
        return switch (status) {
            case 400 ->
                new ProblemException(
                        ProblemType.INVALID_REQUEST, "The Host header of the request is missing or cannot be read.");
            case 404 -> ProblemException.notFound("path");
            case 416 ->
                new ProblemException(
                        ProblemType.RANGE_NOT_SATISFIABLE,
                        "The file has nothing in the range that the header Range names.");
            default -> null;
        };
    }
}
