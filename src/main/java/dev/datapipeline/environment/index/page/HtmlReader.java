package dev.datapipeline.environment.index.page;

import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Reads the tags of an HTML page one after the other. Knows no more of HTML than pages of indexes need. */
final class HtmlReader {
    private static final int LONGEST_TAG = 64 * 1024;
    private static final String COMMENT = "!--";

    private final Reader page;

    HtmlReader(Reader page) {
        this.page = page;
    }

    /**
     * An opening tag.
     *
     * @param name in lower case
     * @param attributes names in lower case, values decoded; of two with the same name the first
     */
    record Tag(String name, Map<String, String> attributes) {}

    /** The next opening tag; empty at the end of the page. */
    Optional<Tag> next() throws IOException {
        while (skipBehind("<")) {
            String text = tagText();
            if (text.startsWith(COMMENT)) {
                continue;
            }
            Tag tag = parse(text);
            if (tag.name().equals("script") || tag.name().equals("style")) {
                skipBehind("</" + tag.name());
            }
            if (!tag.name().isEmpty()) {
                return Optional.of(tag);
            }
        }
        return Optional.empty();
    }

    /** All up to the sign that ends the tag, which can stand in quotes too. */
    private String tagText() throws IOException {
        StringBuilder text = new StringBuilder();
        int quote = 0;
        for (int next = page.read(); next >= 0; next = page.read()) {
            if (quote == 0 && next == '>') {
                return text.toString();
            }
            if (next == quote) {
                quote = 0;
            } else if (quote == 0 && (next == '"' || next == '\'') && isBehindEqualsSign(text)) {
                quote = next;
            }
            text.append((char) next);
            if (text.length() == COMMENT.length() && text.toString().equals(COMMENT)) {
                skipBehind("-->");
                return COMMENT;
            }
            if (text.length() > LONGEST_TAG) {
                throw new PageFormatException("its page has a tag of more than 64 KB");
            }
        }
        return "";
    }

    private static boolean isBehindEqualsSign(StringBuilder text) {
        int at = text.length() - 1;
        while (at >= 0 && Character.isWhitespace(text.charAt(at))) {
            at--;
        }
        return at >= 0 && text.charAt(at) == '=';
    }

    /** @return false where the page ends before */
    private boolean skipBehind(String end) throws IOException {
        StringBuilder last = new StringBuilder();
        for (int next = page.read(); next >= 0; next = page.read()) {
            last.append((char) Character.toLowerCase(next));
            if (last.length() > end.length()) {
                last.deleteCharAt(0);
            }
            if (last.length() == end.length() && end.contentEquals(last)) {
                return true;
            }
        }
        return false;
    }

    private static Tag parse(String text) {
        int at = 0;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String name = text.substring(0, at).toLowerCase(Locale.ROOT);
        return new Tag(name, name.isEmpty() ? Map.of() : attributes(text, at));
    }

    private static Map<String, String> attributes(String text, int from) {
        Map<String, String> attributes = new HashMap<>();
        int at = from;
        while (at < text.length()) {
            int start = skip(text, at, character -> Character.isWhitespace(character) || character == '/');
            int end = skip(text, start, character -> !Character.isWhitespace(character) && character != '=');
            int sign = skip(text, end, Character::isWhitespace);
            String name = text.substring(start, end).toLowerCase(Locale.ROOT);
            if (sign == text.length() || text.charAt(sign) != '=') {
                attributes.putIfAbsent(name, "");
                at = end;
                continue;
            }
            int value = skip(text, sign + 1, Character::isWhitespace);
            boolean isQuoted = value < text.length() && (text.charAt(value) == '"' || text.charAt(value) == '\'');
            int first = isQuoted ? value + 1 : value;
            int last = isQuoted
                    ? indexOf(text, text.charAt(value), first)
                    : skip(text, first, c -> !Character.isWhitespace(c));
            attributes.putIfAbsent(name, HtmlEntities.decode(text.substring(first, last)));
            at = isQuoted ? last + 1 : last;
        }
        return attributes;
    }

    private static int indexOf(String text, char sign, int from) {
        int at = text.indexOf(sign, from);
        return at < 0 ? text.length() : at;
    }

    private static int skip(String text, int from, IntPredicate skipped) {
        int at = Math.min(from, text.length());
        while (at < text.length() && skipped.test(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
