package dev.datapipeline.environment.index;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.StoredWheel;
import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.outbound.OutboundAnswer;
import dev.datapipeline.outbound.OutboundCall;
import dev.datapipeline.outbound.OutboundService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** A package index, as far as pip in the builder can see. */
final class IndexService implements OutboundService {
    private static final Logger LOG = Logger.getLogger(IndexService.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String HTML = "text/html; charset=utf-8";
    private static final String BYTES = "application/octet-stream";

    /** Not one of those after which pip asks again: the whole build is tried again later. */
    private static final int FAILED_DEPENDENCY = 424;

    private final ResolutionSession session;
    private final WheelAnswers wheels;

    IndexService(ResolutionSession session, WheelAnswers wheels) {
        this.session = session;
        this.wheels = wheels;
    }

    @Override
    public void serve(OutboundCall call) {
        if (!METHODS.contains(call.request().method())) {
            call.answer(text(405, "Packages are only read here."));
            return;
        }
        Optional<PackagePath> path = PackagePath.of(call.request().target());
        if (path.isEmpty()) {
            call.answer(text(404, "There is nothing here."));
            return;
        }
        switch (path.get()) {
            case PackagePath.OfProject asked -> servePage(call, asked);
            case PackagePath.OfFile asked -> serveFile(call, asked);
        }
    }

    private void servePage(OutboundCall call, PackagePath.OfProject asked) {
        session.project(asked.name())
                .thenApplyAsync(
                        project -> project.isFound()
                                ? new OutboundAnswer(200, Map.of("content-type", HTML), ProjectPage.of(project))
                                : text(404, "No index has this package."),
                        wheels.blocking())
                .exceptionally(IndexService::failure)
                .thenAcceptAsync(call::answer, call.loop());
    }

    private void serveFile(OutboundCall call, PackagePath.OfFile asked) {
        Optional<WheelName> name = WheelName.of(asked.filename());
        if (name.isEmpty()) {
            call.answer(text(404, "There is no such wheel."));
            return;
        }
        session.project(name.get().project())
                .thenApplyAsync(project -> serveFile(call, asked, project), wheels.blocking())
                .exceptionally(failed -> Optional.of(failure(failed)))
                .thenAcceptAsync(refused -> refused.ifPresent(call::answer), call.loop());
    }

    /**
     * Begins to send a file. Blocks.
     *
     * @return what to answer instead; empty where the file is sent
     */
    private Optional<OutboundAnswer> serveFile(OutboundCall call, PackagePath.OfFile asked, Project project) {
        Optional<SeenFile> file = project.offered()
                .filter(seen -> asked.sha256().equals(seen.file().sha256())
                        && asked.filename().equals(seen.file().filename()))
                .findFirst();
        if (file.isEmpty()) {
            return Optional.of(text(404, "There is no such wheel."));
        }
        try {
            send(call, asked, project, file.get());
            return Optional.empty();
        } catch (IndexUnreachableException failure) {
            session.failed(failure);
            return Optional.of(failure(failure));
        } catch (WheelRefusedException refused) {
            session.refused(refused);
            return Optional.of(text(409, refused.text()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of(text(503, "The service stops."));
        } catch (IOException failure) {
            LOG.error("A wheel could not be served", failure);
            session.failed(ResolutionSession.storeFailure());
            return Optional.of(text(500, "The wheel could not be read; the log of the service says why."));
        }
    }

    private void send(OutboundCall call, PackagePath.OfFile asked, Project project, SeenFile file)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        Map<String, String> headers = Map.of("content-type", BYTES);
        if (asked.isMetadata()) {
            OutboundAnswer metadata = new OutboundAnswer(200, headers, wheels.metadata(project, file));
            call.loop().execute(() -> call.answer(metadata));
        } else {
            StoredWheel wheel = wheels.wheel(project, file);
            new FileAnswer(call, wheel, wheels.blocking()).begin(headers);
        }
    }

    private static OutboundAnswer failure(Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return failure instanceof IndexUnreachableException unreachable
                ? text(FAILED_DEPENDENCY, unreachable.text())
                : text(500, "The package could not be looked up; the log of the service says why.");
    }

    private static OutboundAnswer text(int status, String text) {
        return new OutboundAnswer(
                status, Map.of("content-type", "text/plain; charset=utf-8"), text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void attempt(long firstRecord, long records) {
        // A builder works on no records.
    }

    @Override
    public OutboundAnswer refusal(int status, String code, String message) {
        return text(status, message);
    }
}
