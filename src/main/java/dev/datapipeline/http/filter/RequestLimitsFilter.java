package dev.datapipeline.http.filter;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.regex.Pattern;

/** Limits the head of a request and the announced body, with problem documents where the server would answer with a bare status. */
@Singleton
final class RequestLimitsFilter {
    private static final int MAX_ADDRESS = 4096;
    private static final int MAX_HEADERS = 20 * 1024;

    private static final String TOKEN = "[\\w!#$%&'*+.^`|~-]+";
    private static final Pattern TYPE = Pattern.compile("\\s*" + TOKEN + "/" + TOKEN + "\\s*(;.*)?");

    private final ProblemWriter problems;
    private final long maxBodyBytes;

    RequestLimitsFilter(ProblemWriter problems, VertxHttpConfig http) {
        this.problems = problems;
        this.maxBodyBytes =
                http.limits().maxBodySize().map(size -> size.asLongValue()).orElse(Long.MAX_VALUE);
    }

    void rejectLongHead(RoutingContext request) {
        if (request.request().uri().length() > MAX_ADDRESS) {
            problems.end(
                    request,
                    new ProblemException(
                            ProblemType.ADDRESS_TOO_LONG, "An address has at most " + MAX_ADDRESS + " characters."));
            return;
        }
        int size = 0;
        for (Map.Entry<String, String> header : request.request().headers()) {
            size += header.getKey().length() + header.getValue().length();
        }
        if (size > MAX_HEADERS) {
            problems.end(
                    request,
                    new ProblemException(
                            ProblemType.HEADERS_TOO_LARGE,
                            "The headers of a request have at most " + MAX_HEADERS + " characters."));
            return;
        }
        request.next();
    }

    /** Without this, matching a resource to an invalid type would fail. */
    void rejectUnreadableType(RoutingContext request) {
        String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || TYPE.matcher(type).matches()) {
            request.next();
            return;
        }
        problems.end(
                request,
                new ProblemException(
                        ProblemType.UNSUPPORTED_TYPE,
                        "The Content-Type is invalid; send one such as application/json."));
    }

    /** Only datasets may be compressed; their resource checks the encoding. */
    void rejectPacked(RoutingContext request) {
        String encoding = request.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null
                || encoding.isBlank()
                || encoding.strip().equalsIgnoreCase("identity")
                || "/api/v1/datasets".equals(request.request().path())) {
            request.next();
            return;
        }
        problems.end(
                request,
                new ProblemException(
                        ProblemType.UNSUPPORTED_TYPE,
                        "Only datasets may be compressed; send this without a Content-Encoding."));
    }

    void rejectTooLarge(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || isWithin(length)) {
            request.next();
            return;
        }
        problems.end(
                request,
                new ProblemException(
                        ProblemType.TOO_LARGE,
                        "The body is too large: it has " + length + " bytes, and may have at most " + maxBodyBytes
                                + "."));
    }

    private boolean isWithin(String length) {
        try {
            return Long.parseLong(length) >= 0 && Long.parseLong(length) <= maxBodyBytes;
        } catch (NumberFormatException tooManyDigits) {
            return false;
        }
    }
}
