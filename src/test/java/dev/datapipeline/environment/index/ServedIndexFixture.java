package dev.datapipeline.environment.index;

import dev.datapipeline.environment.index.project.PythonTarget;
import dev.datapipeline.environment.index.upstream.IndexClient;
import dev.datapipeline.environment.index.upstream.IndexSample;
import dev.datapipeline.environment.index.upstream.RemoteIndexes;
import dev.datapipeline.environment.index.upstream.StubIndex;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.PackageList;
import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.environment.wheel.store.FileWheelStore;
import dev.datapipeline.environment.wheel.store.TestWheels;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.outbound.OutboundServers;
import dev.datapipeline.outbound.OutboundSettings;
import dev.datapipeline.outbound.SandboxClient;
import dev.datapipeline.outbound.TestAccess;
import dev.datapipeline.secret.SecretSample;
import dev.datapipeline.time.Ticker;
import dev.datapipeline.upstream.NetworkSample;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The index as a builder sees it, with stub indexes behind it. */
@Timeout(60)
abstract class ServedIndexFixture {
    static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    static final List<String> TAGS =
            List.of("cp311-cp311-manylinux_2_36_x86_64", "cp311-abi3-linux_x86_64", "py3-none-any");

    final List<AutoCloseable> open = new ArrayList<>();
    final Vertx vertx = Vertx.vertx();

    @TempDir
    Path folder;

    StubIndex pip;
    StubIndex corp;
    FileWheelStore store;
    IndexSession session;

    private Path socket;

    @BeforeEach
    void start() throws IOException {
        pip = keep(new StubIndex());
        corp = keep(new StubIndex());
        store = TestWheels.store(folder.resolve("wheels"));
        socket = folder.resolve("outbound.sock");
        session = session(IndexSample.none(), DeclaredPackages.NONE);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
        vertx.close();
    }

    <T extends AutoCloseable> T keep(T resource) {
        open.add(resource);
        return resource;
    }

    /** Opens a session with these settings and listens for the builder. */
    final void open(IndexSample settings, String... requirements) throws IOException {
        open(settings, DeclaredPackages.read(PackageList.of(List.of(requirements)), "/packages", List.of()));
    }

    final void open(IndexSample settings, DeclaredPackages declared) throws IOException {
        session = session(settings, declared);
    }

    private IndexSession session(IndexSample settings, DeclaredPackages declared) throws IOException {
        RemoteIndexes indexes = new RemoteIndexes(
                settings,
                NetworkSample.direct(),
                SecretSample.none(),
                keep(new IndexClient(vertx, Ticker.system())),
                pip::url);
        ConfiguredIndexes configured = keep(new ConfiguredIndexes(indexes, store, Clock.fixed(NOW, ZoneOffset.UTC)));
        IndexSession opened = keep(configured.open(declared, new PythonTarget("3.11.2", TAGS, pip.url())));
        socket = folder.resolve("outbound" + open.size() + ".sock");
        OutboundServers servers =
                keep(new OutboundServers(OutboundSettings.usual(), new MemoryBudget(64L * 1024 * 1024, Duration.ZERO)));
        keep(servers.open(socket, TestAccess.to(opened.service()), new TestAccess()));
        return opened;
    }

    final Path socket() {
        return socket;
    }

    final SandboxClient.Answer get(String target) throws IOException {
        return ask("GET", target);
    }

    final SandboxClient.Answer ask(String method, String target) throws IOException {
        try (SandboxClient client = SandboxClient.connect(socket)) {
            return client.head(method + " " + target + " HTTP/1.1", "Host: 127.0.0.1:11411")
                    .answer();
        }
    }

    final String page(String project) throws IOException {
        return get("/simple/" + project + "/").text();
    }

    static String path(SampleWheel wheel) {
        return "/files/" + wheel.sha256() + "/" + wheel.filename();
    }

    final void upload(SampleWheel wheel) throws Exception {
        TestWheels.keep(store, wheel);
    }
}
