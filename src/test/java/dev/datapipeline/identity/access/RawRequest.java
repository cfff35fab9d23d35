package dev.datapipeline.identity.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that is sent byte for byte: clients of HTTP would correct the paths that attackers send. */
record RawRequest(
        String method,
        String path,
        List<String> headers,
        @Nullable String body) {
    private static final int PATIENCE_MS = 10_000;

    static RawRequest of(String method, String path) {
        return new RawRequest(method, path, List.of(), method.equals("GET") || method.equals("DELETE") ? null : "{}");
    }

    RawRequest with(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        return new RawRequest(method, path, more, body);
    }

    RawRequest withSession(String secret) {
        return with("Cookie: dpf-session=" + secret).with("Sec-Fetch-Site: same-origin");
    }

    RawRequest withKey(String key) {
        return with("Authorization: Bearer " + key);
    }

    Answer send(int port) {
        StringBuilder text = new StringBuilder(
                method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n");
        headers.forEach(header -> text.append(header).append("\r\n"));
        if (body != null) {
            text.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(body.length())
                    .append("\r\n");
        }
        text.append("\r\n").append(body == null ? "" : body);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(text.toString().getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            return new Answer(Integer.parseInt(answer.split(" ", 3)[1]), answer);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param text head and body */
    record Answer(int status, String text) {
        boolean isSuccess() {
            return status < 400;
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n"));
        }

        boolean hasCode(String code) {
            return text.contains("\"code\":\"" + code + "\"");
        }
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
