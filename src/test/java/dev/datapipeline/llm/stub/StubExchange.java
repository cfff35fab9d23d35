package dev.datapipeline.llm.stub;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** One request at the stub, and every way to answer it. */
public final class StubExchange {
    private final StubRequest request;
    private final Socket socket;
    private final OutputStream out;
    private final AtomicLong bill;

    StubExchange(StubRequest request, Socket socket, AtomicLong bill) throws IOException {
        this.request = request;
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.bill = bill;
    }

    public StubRequest request() {
        return request;
    }

    /** Puts an amount on the bill, in whatever unit the test counts. */
    public StubExchange charge(long amount) {
        bill.addAndGet(amount);
        return this;
    }

    /** Sends bytes as they are. */
    public StubExchange raw(String text) throws IOException {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    public StubExchange raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Sends each byte in a packet of its own. */
    public StubExchange slowly(String text) throws IOException {
        for (byte sign : text.getBytes(StandardCharsets.UTF_8)) {
            raw(new byte[] {sign});
        }
        return this;
    }

    public StubExchange answer(int status, String contentType, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        if (!contentType.isEmpty()) {
            head.append("Content-Type: ").append(contentType).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        return raw(head.toString()).raw(bytes);
    }

    public StubExchange json(String body, String... headers) throws IOException {
        return answer(200, "application/json", body, headers);
    }

    public StubExchange error(int status, String code, String message, String... headers) throws IOException {
        String body = String.format(
                Locale.ROOT,
                "{\"error\":{\"message\":\"%s\",\"type\":\"scripted\",\"param\":null,\"code\":\"%s\"}}",
                message,
                code);
        return answer(status, "application/json", body, headers);
    }

    /** Begins a stream of events in chunks. */
    public StubExchange stream(String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return raw(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n" + more + "\r\n");
    }

    public StubExchange chunk(String text) throws IOException {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return raw(Integer.toHexString(length) + "\r\n" + text + "\r\n");
    }

    /** A chunk with one event. */
    public StubExchange event(String data) throws IOException {
        return chunk("data: " + data + "\n\n");
    }

    public StubExchange token(String text) throws IOException {
        return event("{\"model\":\"served\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"},\"finish_reason\":null}]}");
    }

    public StubExchange finish() throws IOException {
        return event("{\"model\":\"served\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
    }

    public StubExchange usage(long prompt, long completion) throws IOException {
        return event("{\"model\":\"served\",\"choices\":[],\"usage\":" + usageOf(prompt, completion) + "}");
    }

    public StubExchange done() throws IOException {
        return event("[DONE]");
    }

    public StubExchange endOfChunks() throws IOException {
        return raw("0\r\n\r\n");
    }

    /** A whole answer of chat completions. */
    public StubExchange chat(String text, long prompt, long completion, String... headers) throws IOException {
        return json(
                "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"model\":\"served\",\"choices\":[{\"index\":0,\"message\":"
                        + "{\"role\":\"assistant\",\"content\":\"" + text
                        + "\"},\"finish_reason\":\"stop\"}],\"usage\":"
                        + usageOf(prompt, completion) + "}",
                headers);
    }

    public static String usageOf(long prompt, long completion) {
        return String.format(
                Locale.ROOT,
                "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}",
                prompt,
                completion,
                prompt + completion);
    }

    /** A model takes its time. */
    public StubExchange think(Duration time) throws InterruptedException {
        Thread.sleep(time);
        return this;
    }

    /** Waits until the client goes. */
    public void hang() throws InterruptedException {
        think(Duration.ofHours(1));
    }

    /** Ends the connection in order. */
    public void close() throws IOException {
        socket.close();
    }

    /** Ends the connection with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
