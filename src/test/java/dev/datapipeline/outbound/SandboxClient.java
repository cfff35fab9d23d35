package dev.datapipeline.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Speaks to an outbound socket as the relay does, with full control over every byte. */
public final class SandboxClient implements AutoCloseable {
    private final SocketChannel channel;

    private SandboxClient(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects without a word. */
    public static SandboxClient silent(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new SandboxClient(channel);
    }

    public static SandboxClient connect(Path socket) throws IOException {
        return connect(socket, 7, 2);
    }

    public static SandboxClient connect(Path socket, long record, int stage) throws IOException {
        return connect(socket, new byte[16], record, stage);
    }

    /** @param token 16 bytes */
    public static SandboxClient connect(Path socket, byte[] token, long record, int stage) throws IOException {
        SandboxClient client = silent(socket);
        client.send(ByteBuffer.allocate(27)
                .put((byte) 2)
                .put(token)
                .putLong(record)
                .putShort((short) stage)
                .array());
        return client;
    }

    /** @param lines of the head, joined by CRLF and ended by a blank line */
    public SandboxClient head(String... lines) throws IOException {
        return send(String.join("\r\n", lines) + "\r\n\r\n");
    }

    public SandboxClient post(String target, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>(
                List.of("POST " + target + " HTTP/1.1", "Host: 127.0.0.1:8080", "Content-Length: " + bytes.length));
        lines.addAll(List.of(headers));
        return head(lines.toArray(String[]::new)).send(bytes);
    }

    public SandboxClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public SandboxClient send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException closed) {
            // A server that takes no more may have answered.
        }
        return this;
    }

    /** @return what came, at most so many bytes; empty at the end */
    public byte[] receive(int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        int length = channel.read(buffer);
        return length < 0 ? new byte[0] : java.util.Arrays.copyOf(buffer.array(), length);
    }

    public byte receiveByte() throws IOException {
        byte[] one = receive(1);
        if (one.length == 0) {
            throw new IOException("the connection has ended");
        }
        return one[0];
    }

    /** Reads until the text has come. */
    public String receiveUntil(String text) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (!all.toString(StandardCharsets.ISO_8859_1).contains(text)) {
            all.write(receiveByte());
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads to the end of the connection. */
    public Answer answer() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (byte[] piece = receive(65_536); piece.length > 0; piece = receive(65_536)) {
                all.writeBytes(piece);
            }
        } catch (IOException reset) {
            // What came before counts.
        }
        return Answer.parse(all.toByteArray());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * @param signals before the HTTP
     * @param status 0 where no HTTP came
     * @param headers names in lower case
     * @param isWhole whether the body has come to the end that its framing tells
     */
    public record Answer(List<Integer> signals, int status, Map<String, String> headers, byte[] body, boolean isWhole) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        static Answer parse(byte[] bytes) {
            List<Integer> signals = new ArrayList<>();
            int start = 0;
            while (start < bytes.length && bytes[start] < 10) {
                signals.add((int) bytes[start++]);
            }
            String text = new String(bytes, start, bytes.length - start, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return new Answer(signals, 0, Map.of(), new byte[0], false);
            }
            String[] lines = text.substring(0, end).split("\r\n");
            Map<String, String> headers = new TreeMap<>();
            for (int line = 1; line < lines.length; line++) {
                int colon = lines[line].indexOf(':');
                headers.put(
                        lines[line].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[line].substring(colon + 1).strip());
            }
            int status = Integer.parseInt(lines[0].split(" ")[1]);
            return body(signals, status, headers, text.substring(end + 4));
        }

        private static Answer body(List<Integer> signals, int status, Map<String, String> headers, String rest) {
            if (!"chunked".equals(headers.get("transfer-encoding"))) {
                boolean isWhole = rest.length() == Integer.parseInt(headers.getOrDefault("content-length", "0"));
                return new Answer(signals, status, headers, rest.getBytes(StandardCharsets.ISO_8859_1), isWhole);
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            int at = 0;
            while (true) {
                int line = rest.indexOf("\r\n", at);
                if (line < 0) {
                    return new Answer(signals, status, headers, body.toByteArray(), false);
                }
                int size = Integer.parseInt(rest.substring(at, line), 16);
                if (size == 0) {
                    return new Answer(signals, status, headers, body.toByteArray(), true);
                }
                int from = line + 2;
                int to = Math.min(rest.length(), from + size);
                body.writeBytes(rest.substring(from, to).getBytes(StandardCharsets.ISO_8859_1));
                at = from + size + 2;
            }
        }
    }
}
