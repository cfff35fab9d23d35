package dev.datapipeline.environment.index;

import dev.datapipeline.environment.index.project.Project;
import dev.datapipeline.environment.index.project.Projects;
import dev.datapipeline.environment.index.project.ServedWheel;
import dev.datapipeline.environment.index.refusal.PackageRefusal;
import dev.datapipeline.environment.index.refusal.RefusalTexts;
import dev.datapipeline.environment.index.serving.AwaitedAnswers;
import dev.datapipeline.environment.index.serving.IndexService;
import dev.datapipeline.environment.index.serving.Resolution;
import dev.datapipeline.environment.index.serving.WheelAnswers;
import dev.datapipeline.environment.index.upstream.RemoteIndexes;
import dev.datapipeline.environment.requirement.syntax.PackageName;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.outbound.OutboundService;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The projects that one resolution has asked for, each looked up once. Thread-safe. */
final class ResolutionSession implements IndexSession, IndexFindings, Resolution {
    private static final Logger LOG = Logger.getLogger(ResolutionSession.class);

    /** A resolution that asks for more has lost its way. */
    private static final int MAX_PROJECTS = 3000;

    private final Projects projects;
    private final Executor blocking;
    private final RefusalTexts texts;
    private final WheelAnswers wheels;
    private final OutboundService service;
    private final Map<String, CompletableFuture<Project>> asked = new TreeMap<>();
    private final AtomicReference<@Nullable IndexUnreachableException> unreachable = new AtomicReference<>();
    private final AtomicReference<@Nullable WheelRefusedException> refused = new AtomicReference<>();
    private final AwaitedAnswers awaited = new AwaitedAnswers();
    private boolean isClosed;

    /** @param blocking where indexes are asked */
    ResolutionSession(Projects projects, WheelAnswers wheels, RefusalTexts texts, Executor blocking) {
        this.projects = projects;
        this.blocking = blocking;
        this.texts = texts;
        this.wheels = wheels;
        this.service = new IndexService(this, wheels);
    }

    @Override
    public synchronized CompletableFuture<Project> project(String name) {
        CompletableFuture<Project> known = asked.get(name);
        if (known != null) {
            return known;
        }
        if (isClosed || asked.size() == MAX_PROJECTS) {
            return CompletableFuture.completedFuture(Project.unknown(name));
        }
        CompletableFuture<Project> project = new CompletableFuture<>();
        asked.put(name, project);
        blocking.execute(() -> lookUp(name, project));
        return project;
    }

    private void lookUp(String name, CompletableFuture<Project> project) {
        try {
            project.complete(projects.find(name));
        } catch (IndexUnreachableException failure) {
            failed(failure);
            project.completeExceptionally(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            project.completeExceptionally(interrupted);
        } catch (IOException | RuntimeException failure) {
            LOG.errorf(failure, "The package %s could not be looked up", name);
            storeFailed();
            project.completeExceptionally(failure);
        }
    }

    @Override
    public void storeFailed() {
        failed(new IndexUnreachableException(
                RemoteIndexes.UPLOADS, "The wheels of the service cannot be read or stored; its log says why."));
    }

    @Override
    public void failed(IndexUnreachableException failure) {
        unreachable.compareAndSet(null, failure);
    }

    @Override
    public AwaitedAnswers.Question ask(String what) {
        return awaited.ask(what);
    }

    @Override
    public void refused(WheelRefusedException refusal) {
        refused.compareAndSet(null, refusal);
    }

    @Override
    public Optional<PackageRefusal> refusal() {
        return texts.refusalOfPython();
    }

    @Override
    public Optional<WheelRefusedException> refusedWheel() {
        return Optional.ofNullable(refused.get())
                .map(refusal -> new WheelRefusedException(refusal.reason(), refusal.text()));
    }

    @Override
    public OutboundService service() {
        return service;
    }

    @Override
    public IndexFindings findings() {
        return this;
    }

    @Override
    public Optional<IndexUnreachableException> unreachable() {
        return Optional.ofNullable(unreachable.get())
                .map(failure -> new IndexUnreachableException(failure.index(), failure.text()))
                .or(() -> awaited.first().map(ResolutionSession::stillFetched));
    }

    private static IndexUnreachableException stillFetched(String what) {
        return new IndexUnreachableException(
                RemoteIndexes.DEFAULT,
                "The package index had not sent " + what + " when pip stopped waiting. It is fetched all the same.");
    }

    @Override
    public Optional<PackageRefusal> refusal(Optional<String> requirement) {
        return texts.refusal(requirement, found());
    }

    @Override
    public Optional<ServedWheel> wheel(String filename) {
        int dash = filename.indexOf('-');
        String name = PackageName.normalised(dash < 0 ? filename : filename.substring(0, dash));
        return Optional.ofNullable(found().get(name))
                .flatMap(project -> project.offered()
                        .filter(seen -> seen.file().filename().equals(filename))
                        .findFirst()
                        .flatMap(seen -> wheels.served(project, seen.file())));
    }

    /** The projects whose answer is there. */
    private synchronized Map<String, Project> found() {
        Map<String, Project> found = new TreeMap<>();
        asked.forEach((name, project) -> {
            if (project.isDone() && !project.isCompletedExceptionally()) {
                found.put(name, project.join());
            }
        });
        return found;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
    }
}
