package dev.datapipeline.dataset.upload;

import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query parameter "separator". The HTTP server ends parameters at a semicolon, so {@code separator=;} is read from the raw query. */
public final class SeparatorParameter {
    private static final Pattern SEMICOLONS = Pattern.compile("(?:^|&)separator=(;+)(?:&|$)");

    private SeparatorParameter() {}

    public static @Nullable String of(@Nullable String decoded, HttpServerRequest request) {
        String query = request.query();
        if (query == null || (decoded != null && !decoded.isEmpty())) {
            return decoded;
        }
        Matcher semicolons = SEMICOLONS.matcher(query);
        return semicolons.find() ? semicolons.group(1) : decoded;
    }
}
