package dev.datapipeline.environment.index.serving;

import dev.datapipeline.environment.index.project.Project;
import dev.datapipeline.environment.index.project.SeenFile;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import dev.datapipeline.outbound.OutboundAnswer;
import dev.datapipeline.outbound.OutboundCall;
import dev.datapipeline.outbound.OutboundService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** A package index, as far as pip in the builder can see. */
public final class IndexService implements OutboundService {
    private static final Logger LOG = Logger.getLogger(IndexService.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String HTML = "text/html; charset=utf-8";
    private static final String BYTES = "application/octet-stream";

    /** Not one of those after which pip asks again: the whole build is tried again later. */
    private static final int FAILED_DEPENDENCY = 424;

    private final Resolution session;
    private final WheelAnswers wheels;

    public IndexService(Resolution session, WheelAnswers wheels) {
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
        AwaitedAnswers.Question question = session.ask("the list of files of " + asked.name());
        call.onGone(question::giveUp);
        session.project(asked.name())
                .thenApplyAsync(
                        project -> project.isFound()
                                ? new OutboundAnswer(200, Map.of("content-type", HTML), ProjectPage.of(project))
                                : text(404, "No index has this package."),
                        wheels.blocking())
                .exceptionally(IndexService::failure)
                .thenAcceptAsync(
                        answer -> {
                            question.answered();
                            call.answer(answer);
                        },
                        call.loop());
    }

    private void serveFile(OutboundCall call, PackagePath.OfFile asked) {
        Optional<WheelName> name = WheelName.of(asked.filename());
        if (name.isEmpty()) {
            call.answer(text(404, "There is no such wheel."));
            return;
        }
        AwaitedAnswers.Question question = session.ask(asked.filename());
        call.onGone(question::giveUp);
        session.project(name.get().project())
                .thenComposeAsync(project -> answer(call, asked, project), wheels.blocking())
                .exceptionally(failed -> () -> call.answer(refusal(failed)))
                .thenAcceptAsync(
                        answer -> {
                            question.answered();
                            answer.run();
                        },
                        call.loop());
    }

    /** What to do on the loop of the call once everything for its answer is here. Blocks shortly. */
    private CompletableFuture<Runnable> answer(OutboundCall call, PackagePath.OfFile asked, Project project) {
        Optional<SeenFile> file = project.offered()
                .filter(seen -> asked.key().equals(seen.file().key())
                        && asked.filename().equals(seen.file().filename()))
                .findFirst();
        if (file.isEmpty()) {
            return CompletableFuture.completedFuture(() -> call.answer(text(404, "There is no such wheel.")));
        }
        Map<String, String> headers = Map.of("content-type", BYTES);
        if (asked.isMetadata()) {
            return wheels.metadata(project, file.get())
                    .thenApply(metadata -> () -> call.answer(new OutboundAnswer(200, headers, metadata)));
        }
        return wheels.wheel(project, file.get())
                .thenApplyAsync(wheel -> whole(call, wheel, headers), wheels.blocking());
    }

    private Runnable whole(OutboundCall call, StoredWheel wheel, Map<String, String> headers) {
        try {
            FileAnswer answer = new FileAnswer(call, wheel, wheels.blocking());
            return () -> answer.begin(headers);
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    /** Tells the session why there is no file, and pip that there is none. */
    private OutboundAnswer refusal(Throwable thrown) {
        Throwable failure = cause(thrown);
        switch (failure) {
            case IndexUnreachableException unreachable -> session.failed(unreachable);
            case WheelRefusedException refused -> {
                session.refused(refused);
                return text(409, refused.text());
            }
            case IOException unreadable -> {
                LOG.error("A wheel could not be served", unreadable);
                session.storeFailed();
            }
            case InterruptedException stopped -> {
                return text(503, "The service stops.");
            }
            default -> LOG.error("A wheel could not be served", failure);
        }
        return failure(thrown);
    }

    private static OutboundAnswer failure(Throwable thrown) {
        return cause(thrown) instanceof IndexUnreachableException unreachable
                ? text(FAILED_DEPENDENCY, unreachable.text())
                : text(500, "The package could not be looked up or read; the log of the service says why.");
    }

    private static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
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
