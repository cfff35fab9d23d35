package dev.datapipeline.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that wants a password, and knows one server under whatever name it is asked for. */
public final class StubProxy implements AutoCloseable {
    public static final String USER = "proxy-user";
    public static final String PASSWORD = "proxy-pass-word";

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final int target;

    /** @param target port of the server on this machine */
    public StubProxy(int target) throws IOException {
        this.target = target;
        threads.execute(this::listen);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** First lines of all requests that had the password. */
    public List<String> requests() {
        return requests;
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            while (true) {
                List<String> head = head(client.getInputStream());
                if (head.isEmpty()) {
                    return;
                }
                if (!hasPassword(head)) {
                    write(client, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
                    return;
                }
                requests.add(head.getFirst());
                if (head.getFirst().startsWith("CONNECT ")) {
                    write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                    threads.execute(() -> copy(client, server));
                    copy(server, client);
                    return;
                }
                write(server, forwarded(head));
                threads.execute(() -> copy(server, client));
            }
        } catch (IOException gone) {
            // One of the two has closed its connection.
        }
    }

    private static String forwarded(List<String> head) {
        String[] first = head.getFirst().split(" ", 3);
        List<String> lines = new ArrayList<>();
        lines.add(first[0] + " " + URI.create(first[1]).getRawPath() + " " + first[2]);
        head.stream()
                .skip(1)
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("proxy-"))
                .forEach(lines::add);
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static boolean hasPassword(List<String> head) {
        String secret = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return head.stream().anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: Basic " + secret));
    }

    private static List<String> head(InputStream stream) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int next = stream.read(); next >= 0; next = stream.read()) {
            if (next == '\n') {
                if (line.isEmpty()) {
                    return lines;
                }
                lines.add(line.toString());
                line.setLength(0);
            } else if (next != '\r') {
                line.append((char) next);
            }
        }
        return List.of();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // One of the two has closed its connection.
        }
    }

    private static void write(Socket to, String text) throws IOException {
        OutputStream stream = to.getOutputStream();
        stream.write(text.getBytes(StandardCharsets.ISO_8859_1));
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
