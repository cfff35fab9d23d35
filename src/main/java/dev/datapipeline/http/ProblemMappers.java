package dev.datapipeline.http;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.datapipeline.problem.DiskFailures;
import dev.datapipeline.problem.Problem;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;
import org.jspecify.annotations.Nullable;

/** Turns every exception that leaves a resource into a problem document. */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public Response problem(ProblemException problem, HttpServerRequest request) {
        return response(problem, request).build();
    }

    /** Maps what the framework rejects: unknown paths, methods and types of content. */
    @ServerExceptionMapper
    public Response rejected(WebApplicationException rejection, HttpServerRequest request) {
        int status = rejection.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(rejection, request);
        }
        Response.ResponseBuilder response = response(rejectionOf(status), request);
        if (rejection instanceof NotAllowedException) {
            response.header(HttpHeaders.ALLOW, String.join(", ", AllowedMethods.of(CurrentRequestManager.get())));
        }
        return response.build();
    }

    private static ProblemException rejectionOf(int status) {
        return switch (status) {
            case 404 -> ProblemException.notFound("path");
            case 405 ->
                new ProblemException(
                        ProblemType.METHOD_NOT_ALLOWED,
                        "This path does not support the method; the header Allow lists those it supports.");
            case 406 ->
                new ProblemException(
                        ProblemType.NOT_ACCEPTABLE,
                        "This path cannot answer in a format that the header Accept allows. Leave the header out, or allow application/json.");
            case 413 ->
                new ProblemException(
                        ProblemType.TOO_LARGE, "The request is larger than the service accepts. Send less at once.");
            case 415 ->
                new ProblemException(
                        ProblemType.UNSUPPORTED_TYPE,
                        "This path does not accept content of this Content-Type. The API document lists what it accepts.");
            default ->
                new ProblemException(
                        ProblemType.INVALID_REQUEST,
                        "The request is malformed. The API document under /q/openapi describes the calls.");
        };
    }

    @ServerExceptionMapper
    public Response invalidParameter(ConstraintViolationException invalid, HttpServerRequest request) {
        for (ConstraintViolation<?> violation : invalid.getConstraintViolations()) {
            if (!isAboutParameter(violation.getPropertyPath())) {
                return unexpected(invalid, request);
            }
        }
        ConstraintViolation<?> first =
                invalid.getConstraintViolations().iterator().next();
        return problem(ProblemException.invalidParameter(name(first.getPropertyPath()), first.getMessage()), request);
    }

    private static boolean isAboutParameter(Path path) {
        for (Path.Node node : path) {
            if (node.getKind() == ElementKind.PARAMETER) {
                return true;
            }
        }
        return false;
    }

    private static String name(Path path) {
        String name = "";
        for (Path.Node node : path) {
            name = node.getName();
        }
        return name;
    }

    /** JSON of clients is read by JsonBodyInterceptor, so JSON that cannot be read here was written by this service. */
    @ServerExceptionMapper({MismatchedInputException.class, Throwable.class})
    public Response unexpected(Throwable failure, HttpServerRequest request) {
        ResteasyReactiveRequestContext context = CurrentRequestManager.get();
        if (request.response().closed() || request.response().ended()) {
            return nothing(failure, request, context);
        }
        ProblemException known = known(failure, context);
        if (known != null) {
            Logger.Level level = known.type().status() >= 500 ? Logger.Level.WARN : Logger.Level.DEBUG;
            LOG.logf(level, "%s for %s %s: %s", known.type(), request.method(), request.path(), failure);
            return problem(known, request);
        }
        UUID id = UUID.randomUUID();
        LOG.errorf(failure, "Request failed, error %s: %s %s", id, request.method(), request.path());
        return problem(
                new ProblemException(
                        ProblemType.INTERNAL,
                        "The service failed; the request is not to blame. The log of the service has the details under "
                                + id + "."),
                request);
    }

    private static @Nullable ProblemException known(Throwable failure, ResteasyReactiveRequestContext context) {
        return Stream.of(
                        DatabaseProblems.of(failure),
                        DiskFailures.problem(failure),
                        FormFailures.problem(failure, context))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The client has gone, or the router has answered while the body was read: writing another answer would fail. */
    private static Response nothing(
            Throwable failure, HttpServerRequest request, ResteasyReactiveRequestContext context) {
        LOG.debugf(failure, "The client of %s %s went away", request.method(), request.path());
        context.restart(new ServerRestHandler[0], true);
        return Response.noContent().build();
    }

    private static Response.ResponseBuilder response(ProblemException problem, HttpServerRequest request) {
        Response.ResponseBuilder response = Response.status(problem.type().status())
                .entity(Problem.of(problem, request.path()))
                .type(Problem.MEDIA_TYPE);
        if (problem.retryAfter() != null) {
            response.header(HttpHeaders.RETRY_AFTER, problem.retryAfter().toSeconds());
        }
        if (problem.type().isAboutCredentials()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, Problem.CHALLENGE);
        }
        if (problem.type() == ProblemType.UPLOAD_TOO_SLOW) {
            // Reading the rest of the body would take as long.
            response.header("Connection", "close");
            CurrentRequestManager.get()
                    .unwrap(RoutingContext.class)
                    .addEndHandler(end -> request.connection().close());
        }
        return response;
    }
}
