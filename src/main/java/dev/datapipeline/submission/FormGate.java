package dev.datapipeline.submission;

import dev.datapipeline.dataset.DatasetService;
import dev.datapipeline.dataset.upload.UploadLimiter;
import dev.datapipeline.http.filter.FormFilter;
import dev.datapipeline.http.filter.ProblemWriter;
import dev.datapipeline.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Limits forms before their parts are written to disk: the announced size must fit, and a place is needed, and lost when too slow. */
@Singleton
final class FormGate implements FormFilter {
    private static final Set<String> PATHS = Set.of("/api/v1/runs", "/submit_pipeline");
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);

    private final DatasetService datasets;
    private final UploadLimiter places;
    private final ProblemWriter problems;
    private final Vertx vertx;

    FormGate(DatasetService datasets, UploadLimiter places, ProblemWriter problems, Vertx vertx) {
        this.datasets = datasets;
        this.places = places;
        this.problems = problems;
        this.vertx = vertx;
    }

    @Override
    public void handle(RoutingContext context) {
        if (!isForm(context.request())) {
            context.next();
            return;
        }
        try {
            datasets.checkLength(announced(context.request()));
            UploadLimiter.Place place = places.take();
            watch(context, place);
        } catch (ProblemException problem) {
            problems.end(context, problem);
            return;
        }
        context.next();
    }

    private void watch(RoutingContext context, UploadLimiter.Place place) {
        FormPace pace = new FormPace(places);
        long timer = vertx.setPeriodic(BETWEEN_CHECKS.toMillis(), tick -> {
            ProblemException problem = problem(context.request(), pace);
            if (problem != null) {
                vertx.cancelTimer(tick);
                problems.end(context, problem);
            }
        });
        context.addEndHandler(end -> {
            vertx.cancelTimer(timer);
            place.close();
        });
    }

    private @Nullable ProblemException problem(HttpServerRequest request, FormPace pace) {
        try {
            if (!request.isEnded()) {
                pace.check(request.bytesRead(), BETWEEN_CHECKS);
                datasets.checkLength(0);
            }
            return null;
        } catch (ProblemException problem) {
            return problem;
        }
    }

    private static boolean isForm(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return request.method().equals(HttpMethod.POST)
                && PATHS.contains(String.valueOf(request.path()))
                && type != null
                && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /** RequestLimitsFilter has checked that it is a number; a chunked body announces none. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
