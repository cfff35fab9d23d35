package dev.datapipeline.submission;

import dev.datapipeline.dataset.DatasetService;
import dev.datapipeline.dataset.upload.UploadLimiter;
import dev.datapipeline.http.filter.ProblemWriter;
import dev.datapipeline.http.filter.RequestOrder;
import dev.datapipeline.problem.ProblemException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds forms to what holds for uploads, before a byte of them is written: their announced size must fit on the disk, they need a place, and
 * they lose it when they are too slow. The framework writes the parts of a form into files before any resource sees it.
 */
@Singleton
final class FormGate {
    private static final Set<String> PATHS = Set.of("/api/v1/runs", "/submit_pipeline");
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final DatasetService datasets;
    private final UploadLimiter places;
    private final ProblemWriter refused;
    private final Vertx vertx;

    FormGate(DatasetService datasets, UploadLimiter places, ProblemWriter refused, Vertx vertx) {
        this.datasets = datasets;
        this.places = places;
        this.refused = refused;
        this.vertx = vertx;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, RequestOrder.BODY.priority());
    }

    private void admit(RoutingContext context) {
        if (!isForm(context.request())) {
            context.next();
            return;
        }
        try {
            datasets.announce(announced(context.request()));
            UploadLimiter.Place place = places.take();
            watch(context, place);
        } catch (ProblemException problem) {
            refused.end(context, problem);
            return;
        }
        context.next();
    }

    private void watch(RoutingContext context, UploadLimiter.Place place) {
        FormPace pace = new FormPace(places);
        long timer = vertx.setPeriodic(BETWEEN_LOOKS.toMillis(), tick -> {
            ProblemException problem = problem(context.request(), pace);
            if (problem != null) {
                vertx.cancelTimer(tick);
                refused.end(context, problem);
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
                pace.look(request.bytesRead(), BETWEEN_LOOKS);
                datasets.announce(0);
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

    /** That it is a number was looked at before; a body in chunks announces nothing. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
