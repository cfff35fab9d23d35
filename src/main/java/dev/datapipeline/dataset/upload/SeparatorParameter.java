package dev.datapipeline.dataset.upload;

import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query parameter "separator". The HTTP server treats a semicolon as the end of a parameter, so {@code separator=;} arrives empty and
 * has to be read from the raw query.
 */
public final class SeparatorParameter {
    private static final Pattern SEMICOLONS = Pattern.compile("(?:^|&)separator=(;+)(?:&|$)");

    private SeparatorParameter() {}

    /** @param decoded the parameter as the server understood it */
    public static @Nullable String of(@Nullable String decoded, HttpServerRequest request) {
        String query = request.query();
        if (query == null || (decoded != null && !decoded.isEmpty())) {
            return decoded;
        }
        Matcher semicolons = SEMICOLONS.matcher(query);
        return semicolons.find() ? semicolons.group(1) : decoded;
    }
}
