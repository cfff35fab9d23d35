package dev.datapipeline.llm.stub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server on a port of this machine. */
public final class StubUpstream implements AutoCloseable {
    private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([^\"]*)\"");

    /** A connection that the client gave up while its request was being answered; the time is of {@link System#nanoTime}. */
    public record Reset(StubRequest request, long at) {}

    private final ServerSocket listener;
    private final Thread acceptor =
            Thread.ofPlatform().daemon().name("stub-upstream").unstarted(this::accept);
    private final Map<String, StubScript> scripts = new ConcurrentHashMap<>();
    private final List<StubRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Reset> resets = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bill = new AtomicLong();

    private StubUpstream(ServerSocket listener) {
        this.listener = listener;
    }

    public static StubUpstream start() throws IOException {
        return start(0);
    }

    public static StubUpstream start(int port) throws IOException {
        StubUpstream stub = new StubUpstream(new ServerSocket(port, 1024, InetAddress.getLoopbackAddress()));
        stub.acceptor.start();
        return stub;
    }

    /** What is done with requests for the model; the last script given counts. */
    public StubUpstream on(String model, StubScript script) {
        scripts.put(model, script);
        return this;
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    public List<StubRequest> requests() {
        return requests;
    }

    public long bill() {
        return bill.get();
    }

    public int connections() {
        return connections.get();
    }

    /** Waits for the next connection that a client gives up. */
    public Reset reset() throws InterruptedException {
        Reset reset = resets.poll(10, TimeUnit.SECONDS);
        if (reset == null) {
            throw new AssertionError("no connection was given up");
        }
        return reset;
    }

    public boolean hasReset() {
        return !resets.isEmpty();
    }

    /** Returns when the port is free again: the kernel keeps a listener as long as a thread waits in it. */
    @Override
    public void close() throws IOException {
        listener.close();
        joinAcceptor();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void joinAcceptor() {
        try {
            acceptor.join();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        StubInput input = new StubInput(socket);
        try (socket) {
            for (StubRequest request = read(input, number); request != null; request = read(input, number)) {
                requests.add(request);
                run(request, socket, input);
            }
        } catch (IOException | InterruptedException end) {
            // The test or the client is done with the connection.
        } finally {
            sockets.remove(socket);
        }
    }

    private void run(StubRequest request, Socket socket, StubInput input) throws IOException, InterruptedException {
        Matcher model = MODEL.matcher(request.text());
        StubScript script = scripts.get(model.find() ? model.group(1) : request.target());
        StubExchange exchange = new StubExchange(request, socket, bill);
        if (script == null) {
            exchange.error(404, "model_not_found", "The stub has no script for this request.");
            return;
        }
        input.interruptAtEnd(Thread.currentThread());
        try {
            script.run(exchange);
        } catch (IOException | InterruptedException given) {
            if (input.isEnded()) {
                resets.add(new Reset(request, input.endedAt()));
            } else if (!socket.isClosed()) {
                resets.add(new Reset(request, System.nanoTime()));
            }
            throw given;
        } finally {
            input.interruptAtEnd(null);
        }
    }

    private static StubRequest read(StubInput input, int number) throws IOException, InterruptedException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int sign = input.read();
            if (sign < 0) {
                return null;
            }
            head.write(sign);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, List<String>> headers = new TreeMap<>();
        for (int line = 1; line < lines.length; line++) {
            int colon = lines[line].indexOf(':');
            headers.computeIfAbsent(lines[line].substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(lines[line].substring(colon + 1).strip());
        }
        byte[] body = new byte
                [Integer.parseInt(
                        headers.getOrDefault("content-length", List.of("0")).getFirst())];
        for (int index = 0; index < body.length; index++) {
            body[index] = (byte) input.read();
        }
        String[] first = lines[0].split(" ");
        return new StubRequest(number, first[0], first[1], headers, body);
    }
}
