package dev.datapipeline.run.api;

import dev.datapipeline.http.filter.RunFilter;
import dev.datapipeline.project.ProjectAccess;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.service.VisibleRuns;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers requests for a run from memory, as {@link RunResource#get} would; most requests of polling clients end here. */
@Singleton
final class RunSnapshotRoute implements RunFilter {
    private static final int NOT_MODIFIED = 304;

    private final VisibleRuns runs;
    private final RunSnapshotCache snapshots;

    RunSnapshotRoute(VisibleRuns runs, RunSnapshotCache snapshots) {
        this.runs = runs;
        this.snapshots = snapshots;
    }

    @Override
    public void handle(RoutingContext request) {
        RunSnapshotCache.Snapshot snapshot = isPlain(request) ? known(request) : null;
        if (snapshot == null) {
            request.next();
            return;
        }
        HttpServerResponse response = request.response().putHeader(HttpHeaders.ETAG, snapshot.entityTag());
        if (snapshot.entityTag().equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        Buffer json = snapshot.json();
        if (json == null) {
            request.next();
            return;
        }
        // Quarkus has set "identity"; without it the response is compressed like those of resources.
        response.headers().remove(HttpHeaders.CONTENT_ENCODING);
        response.putHeader(HttpHeaders.CONTENT_TYPE, RunResource.JSON).end(json);
    }

    /** Whether the request has no parameters, types, weak tags or lists of tags, which only the resource handles. */
    private static boolean isPlain(RoutingContext request) {
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
        String seen = request.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        return request.request().query() == null
                && (accepted == null || accepted.equals("*/*") || accepted.equals("application/json"))
                && (seen == null || (seen.startsWith("\"") && seen.indexOf(',') < 0));
    }

    private RunSnapshotCache.@Nullable Snapshot known(RoutingContext request) {
        try {
            UUID id = UUID.fromString(request.pathParam("id"));
            RunRef run = runs.seenBefore(ProjectAccess.of(request), id);
            return run == null ? null : snapshots.cached(run);
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }
}
