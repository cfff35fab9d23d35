package dev.datapipeline.dataset.ingest.workbook;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of a cell: its runs joined, without their formats and without phonetic hints. */
final class RichText {
    /** How workbooks write characters that XML does not have. */
    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private RichText() {}

    /** Reads up to the end of the element that begins here, which is of this name. */
    static String read(XmlCursor cursor, String name) {
        StringBuilder text = new StringBuilder();
        while (cursor.next() && !cursor.isEnd(name)) {
            if (cursor.isStart("t")) {
                cursor.text(text);
            } else if (cursor.isStart("rPh")) {
                cursor.skip();
            }
        }
        return unescape(text.toString());
    }

    static String unescape(String text) {
        return text.contains("_x") ? ESCAPE.matcher(text).replaceAll(RichText::character) : text;
    }

    private static String character(MatchResult escape) {
        return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16)));
    }
}
