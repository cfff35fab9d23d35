package dev.datapipeline.environment.index.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.datapipeline.environment.wheel.SampleWheel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A package index on this machine that does what a test wants. */
public final class StubIndex implements AutoCloseable {
    public static final String JSON = "application/vnd.pypi.simple.v1+json";

    /** Long before every minimum age. */
    public static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What a path answers with. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /**
     * @param authorization empty where none was sent
     * @param proxyAuthorization empty where none was sent
     */
    public record Request(String path, Optional<String> authorization, Optional<String> proxyAuthorization) {}

    public StubIndex() throws IOException {
        this(0);
    }

    /** @param port 0 for any that is free */
    public StubIndex(int port) throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    }

    /** One that speaks TLS. */
    public StubIndex(SSLContext context) throws IOException {
        this(encrypted(context));
    }

    private StubIndex(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    private static HttpServer encrypted(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String host() {
        return "127.0.0.1:" + port();
    }

    public String url() {
        return "http://" + host() + "/simple/";
    }

    public List<Request> requests() {
        return requests;
    }

    /** How often a path was asked for. */
    public long requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).count();
    }

    public StubIndex on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    public StubIndex on(String path, int status, String type, String body) {
        return on(path, status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    public StubIndex on(String path, int status, String type, byte[] body) {
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        });
    }

    /** Lists wheels of one project in JSON, uploaded long ago, and has their files. */
    public StubIndex project(String name, SampleWheel... wheels) {
        List<String> entries = new ArrayList<>();
        for (SampleWheel wheel : wheels) {
            entries.add(entry(wheel, ", \"upload-time\": \"" + LONG_AGO + "\""));
            file(wheel);
        }
        return page(name, entries);
    }

    /** A page in JSON. */
    public StubIndex page(String name, List<String> entries) {
        String page = "{\"meta\": {\"api-version\": \"1.1\"}, \"name\": \"" + name + "\", \"files\": ["
                + String.join(", ", entries) + "]}";
        return on("/simple/" + name + "/", 200, JSON, page);
    }

    /** @param more members of the file, each with a comma in front */
    public static String entry(SampleWheel wheel, String more) {
        return "{\"filename\": \"" + wheel.filename() + "\", \"url\": \"../../files/" + wheel.filename()
                + "\", \"hashes\": {\"sha256\": \"" + wheel.sha256() + "\"}, \"size\": " + wheel.bytes().length + more
                + "}";
    }

    public StubIndex file(SampleWheel wheel) {
        return on("/files/" + wheel.filename(), 200, "application/octet-stream", wheel.bytes());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            requests.add(new Request(
                    path,
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))));
            Answer answer = answers.get(path);
            if (answer == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                answer.to(exchange);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
