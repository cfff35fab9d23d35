package dev.datapipeline.outbound.wire;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the head of a request may say about the request's body and its transport. Stricter than RFC 9112, which leaves choices to readers. */
public final class RequestHead {
    /** A body of unknown length, in chunks. */
    public static final long CHUNKED = -1;

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final HttpRequest request;

    public RequestHead(HttpRequest request) {
        this.request = request;
    }

    public Optional<TransportProblem> problem(long maxBody) {
        DecoderResult result = request.decoderResult();
        if (result.isFailure()) {
            return Optional.of(unreadable(result.cause()));
        }
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return problem(505, "http_version_not_supported", "Send the request with HTTP/1.1.");
        }
        if (headers().getAll(HttpHeaderNames.HOST).size() != 1) {
            return problem(400, "invalid_request", "The request needs exactly one Host header.");
        }
        if (!isTarget(request.uri())) {
            return problem(400, "invalid_request", "The address of the request must begin with a slash.");
        }
        return lengthProblem().or(() -> contentProblem(maxBody));
    }

    /** @return the length that the request states, 0 where it has no body, or {@link #CHUNKED} */
    public long length() {
        if (headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return CHUNKED;
        }
        String length = headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    public boolean isContinueExpected() {
        return headers().contains(HttpHeaderNames.EXPECT);
    }

    public static TransportProblem unreadable(Throwable cause) {
        if (cause instanceof TooLongHttpHeaderException) {
            return new TransportProblem(431, "headers_too_large", "The headers of the request are larger than 32 KB.");
        }
        if (cause instanceof TooLongHttpLineException) {
            return new TransportProblem(414, "address_too_long", "The address of the request is longer than 8 KB.");
        }
        return new TransportProblem(400, "invalid_request", "The request is not valid HTTP/1.1.");
    }

    public static TransportProblem tooLarge(long maxBody) {
        return new TransportProblem(
                413, "request_too_large", "The body of the request is larger than " + maxBody + " bytes.");
    }

    private Optional<TransportProblem> lengthProblem() {
        List<String> codings = headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (!codings.isEmpty() && !lengths.isEmpty() || lengths.size() > 1) {
            return problem(400, "invalid_request", "The request states the length of its body in more than one way.");
        }
        if (!codings.isEmpty() && (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked"))) {
            return problem(400, "invalid_request", "The only transfer coding that is understood is chunked.");
        }
        if (!lengths.isEmpty() && !LENGTH.matcher(lengths.getFirst()).matches()) {
            return problem(400, "invalid_request", "The Content-Length of the request is not a number.");
        }
        return Optional.empty();
    }

    private Optional<TransportProblem> contentProblem(long maxBody) {
        if (length() > maxBody) {
            return Optional.of(tooLarge(maxBody));
        }
        String coding = headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        if (!coding.equalsIgnoreCase("identity")) {
            return problem(415, "unsupported_content_encoding", "Send the body of the request without compression.");
        }
        String expected = headers().get(HttpHeaderNames.EXPECT, "100-continue");
        if (!expected.equalsIgnoreCase("100-continue")) {
            return problem(417, "unsupported_expectation", "The only expectation that is understood is 100-continue.");
        }
        if (headers().contains(HttpHeaderNames.UPGRADE)) {
            return problem(400, "unsupported_upgrade", "The connection cannot change to another protocol.");
        }
        return Optional.empty();
    }

    private HttpHeaders headers() {
        return request.headers();
    }

    /** A path, printable; the complete address of a proxy request and the asterisk of OPTIONS have no use here. */
    private static boolean isTarget(String target) {
        return target.startsWith("/") && target.chars().allMatch(sign -> sign > ' ' && sign < 0x7f);
    }

    private static Optional<TransportProblem> problem(int status, String code, String message) {
        return Optional.of(new TransportProblem(status, code, message));
    }
}
