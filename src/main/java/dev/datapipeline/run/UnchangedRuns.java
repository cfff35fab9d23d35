package dev.datapipeline.run;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells who watches a run that nothing has changed, before the request goes the long way to {@link RunResource#get}, which would say the
 * same. Most looks of hundreds of watchers end here; docs/performance.md says what that saves.
 */
@Singleton
final class UnchangedRuns {
    /** After the filters that refuse requests, before those that dress up answers. */
    private static final int AFTER_REFUSALS = -500;

    private static final int NOT_MODIFIED = 304;

    private final RunLooks looks;

    UnchangedRuns(RunLooks looks) {
        this.looks = looks;
    }

    void register(@Observes Router router) {
        router.get("/api/v1/runs/:id").order(AFTER_REFUSALS).handler(this::answer);
    }

    private void answer(RoutingContext request) {
        String seen = request.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        boolean isPlain = seen != null && request.request().query() == null;
        RunLooks.Look look = isPlain ? known(request.pathParam("id")) : null;
        if (look == null || !look.entityTag().equals(seen)) {
            request.next();
            return;
        }
        request.response()
                .setStatusCode(NOT_MODIFIED)
                .putHeader(HttpHeaders.ETAG, seen)
                .end();
    }

    private RunLooks.@Nullable Look known(String id) {
        try {
            return looks.known(UUID.fromString(id));
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }
}
