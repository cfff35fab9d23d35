package dev.datapipeline.llm.gateway;

import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.llm.stub.StubUpstream;
import dev.datapipeline.llm.upstream.UpstreamSample;
import dev.datapipeline.llm.upstream.Upstreams;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.outbound.OutboundServer;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Everything between a client in a sandbox and a scripted upstream, on real sockets. */
final class GatewayHarness implements AutoCloseable {
    static final String KEY = "sk-proj-5ecret/key+of=tests";

    final StubUpstream stub = StubUpstream.start();
    final FakeLedger ledger = new FakeLedger();
    final MemoryBudget memory = new MemoryBudget(128L * 1024 * 1024, Duration.ZERO);

    private final Vertx vertx = Vertx.vertx();
    private final Path folder;
    private final Upstreams upstreams;
    private final Gateway gateway;
    private final OutboundServers servers = new OutboundServers(OutboundSettings.usual(), memory);
    private final List<AutoCloseable> open = new ArrayList<>();
    private int sockets;

    GatewayHarness(Path folder) throws IOException {
        this.folder = folder;
        this.upstreams = new Upstreams(
                UpstreamSample.at(stub.baseUrl()).withKey(KEY).inSettings("stub"),
                NetworkSample.direct(),
                SecretSample.none(),
                vertx);
        this.gateway = new Gateway(upstreams, ledger, memory, Ticker.system());
    }

    static CallScope scope() {
        return scope(List.of(), 0, Set.of());
    }

    static CallScope scope(List<String> models, long maxOutputTokens, Set<CallScope.Grant> grants) {
        return new CallScope(
                CallScope.Kind.RUN,
                UUID.randomUUID(),
                "stub",
                models,
                maxOutputTokens,
                CallScope.Cache.OFF,
                null,
                grants);
    }

    /** Opens the socket of a sandbox. */
    Path socket(CallScope scope) throws IOException {
        Path socket = folder.resolve("g" + sockets++ + ".sock");
        OutboundServer server = servers.open(socket, gateway.access(scope).orElseThrow(), new TestAccess());
        open.add(server);
        return socket;
    }

    SandboxClient client(Path socket) throws IOException {
        SandboxClient client = SandboxClient.connect(socket);
        open.add(client);
        return client;
    }

    /** Calls in a sandbox with nothing special about it. */
    SandboxClient.Answer post(String target, String body, String... headers) throws IOException {
        return client(socket(scope())).post(target, body, headers).answer();
    }

    SandboxClient.Answer chat(String model) throws IOException {
        return post("/v1/chat/completions", body(model));
    }

    SandboxClient.Answer chatStream(String model) throws IOException {
        return post("/v1/chat/completions", streamBody(model));
    }

    static String body(String model) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Is it true?\"}]}";
    }

    static String streamBody(String model) {
        return "{\"model\":\"" + model
                + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Is it true?\"}]}";
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
        servers.close();
        gateway.close();
        upstreams.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
        stub.close();
    }
}
