package dev.datapipeline.environment.index.page;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The few signs that HTML writes otherwise, in both directions. */
public final class HtmlEntities {
    private static final Pattern ENTITY = Pattern.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));");
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

    private HtmlEntities() {}

    static String decode(String text) {
        return text.indexOf('&') < 0 ? text : ENTITY.matcher(text).replaceAll(HtmlEntities::decode);
    }

    /** For the text of an element and the value of an attribute in double quotes. */
    public static String encode(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String decode(MatchResult entity) {
        String decoded = entity.group();
        if (entity.group(1) != null) {
            decoded = character(Integer.parseInt(entity.group(1)), decoded);
        } else if (entity.group(2) != null) {
            decoded = character(Integer.parseInt(entity.group(2), 16), decoded);
        } else {
            decoded = NAMED.getOrDefault(entity.group(3), decoded);
        }
        return Matcher.quoteReplacement(decoded);
    }

    private static String character(int code, String otherwise) {
        return Character.isValidCodePoint(code) ? Character.toString(code) : otherwise;
    }
}
