package dev.datapipeline.http.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.problem.Problem;
import dev.datapipeline.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Answers requests with a problem before they reach a resource. */
@Singleton
public final class ProblemWriter {
    private final ObjectMapper mapper;

    ProblemWriter(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    public void end(RoutingContext request, ProblemException problem) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (!request.request().isEnded()) {
            // The rest of the body is not read, so the connection cannot be reused.
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            request.addEndHandler(end -> request.request().connection().close());
        }
        if (problem.retryAfter() != null) {
            response.putHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(problem.retryAfter().toSeconds()));
        }
        if (problem.type().isAboutCredentials()) {
            response.putHeader("WWW-Authenticate", Problem.CHALLENGE);
        }
        response.setStatusCode(problem.type().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .end(json(Problem.of(problem, request.request().path())));
    }

    private String json(Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
