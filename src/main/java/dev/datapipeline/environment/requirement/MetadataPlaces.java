package dev.datapipeline.environment.requirement;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where the values of a script's metadata stand in the script, since the TOML parser does not say it. */
final class MetadataPlaces {
    /** Texts in quotes, in which a number sign begins no comment, and what stands between them. */
    private static final Pattern BEFORE_COMMENT =
            Pattern.compile("(?:[^\"'#]|\"(?:[^\"\\\\]|\\\\.)*+(?:\"|$)|'[^']*+(?:'|$))*+");

    private final ScriptBlock block;
    private final List<String> lines;
    private int line;
    private int column;

    MetadataPlaces(ScriptBlock block) {
        this.block = block;
        this.lines =
                block.content().stream().map(MetadataPlaces::withoutComment).toList();
    }

    /**
     * A value of the metadata.
     *
     * @param line in the script, from 1
     * @param column of its first character, from 1
     */
    record Text(String value, int line, int column) {}

    /** The first place of a key, from where values are searched then. */
    Text key(String name) {
        line = 0;
        column = 0;
        Pattern word = Pattern.compile("(?<![A-Za-z0-9_-])" + Pattern.quote(name) + "(?![A-Za-z0-9_-])");
        return find(name, word, 0);
    }

    /** The next place where a text stands in quotes; the begin of the block for one that is written with escapes. */
    Text nextText(String value) {
        String quoted = Pattern.quote(value);
        return find(value, Pattern.compile("\"" + quoted + "\"|'" + quoted + "'"), 1);
    }

    private Text find(String value, Pattern pattern, int quotes) {
        for (int index = line; index < lines.size(); index++) {
            String text = lines.get(index);
            Matcher found = pattern.matcher(text);
            if (found.find(index == line ? Math.min(column, text.length()) : 0)) {
                line = index;
                column = found.end();
                int shown = text.codePointCount(0, found.start() + quotes) + 1 + ScriptBlock.COLUMNS_BEFORE;
                return new Text(value, block.firstLine() + index, shown);
            }
        }
        return new Text(value, block.firstLine(), 1 + ScriptBlock.COLUMNS_BEFORE);
    }

    private static String withoutComment(String text) {
        Matcher before = BEFORE_COMMENT.matcher(text);
        return before.lookingAt() ? before.group() : text;
    }
}
