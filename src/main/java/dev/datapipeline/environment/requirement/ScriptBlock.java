package dev.datapipeline.environment.requirement;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The block of comments in a script that holds its metadata (PEP 723), found exactly as the specification's own expression finds it.
 *
 * @param firstLine of the content in the script, from 1
 * @param content TOML, without the signs of the comments
 */
record ScriptBlock(int firstLine, List<String> content) {
    /** Columns that the sign of the comment takes in front of a line of the content. */
    static final int COLUMNS_BEFORE = 2;

    private static final String KIND = "script";
    private static final String START = "# /// ";
    private static final String END = "# ///";
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final Pattern KIND_SYNTAX = Pattern.compile("[a-zA-Z0-9-]+");

    /** All blocks of the kind {@code script}; more than one is an error of the script. */
    static List<ScriptBlock> in(String source) {
        List<ScriptBlock> found = new ArrayList<>();
        if (!source.contains(START)) {
            return found;
        }
        String[] lines = LINE_END.split(source, -1);
        int index = 0;
        while (index < lines.length) {
            int end = isStart(lines[index]) ? lastEndOf(lines, index + 1) : -1;
            if (end < 0) {
                index++;
                continue;
            }
            if (lines[index].substring(START.length()).equals(KIND)) {
                found.add(new ScriptBlock(index + 2, content(lines, index + 1, end)));
            }
            index = end + 1;
        }
        return found;
    }

    String text() {
        return String.join("\n", content);
    }

    private static boolean isStart(String line) {
        return line.startsWith(START)
                && KIND_SYNTAX.matcher(line.substring(START.length())).matches();
    }

    /** An end counts when no line of content follows it, so the last one of adjacent comments does; one line lies between at least. */
    private static int lastEndOf(String[] lines, int first) {
        int end = -1;
        for (int index = first; index < lines.length && isContent(lines[index]); index++) {
            if (lines[index].equals(END) && index > first) {
                end = index;
            }
        }
        return end;
    }

    private static boolean isContent(String line) {
        return line.equals("#") || line.startsWith("# ");
    }

    private static List<String> content(String[] lines, int first, int end) {
        List<String> content = new ArrayList<>();
        for (int index = first; index < end; index++) {
            content.add(lines[index].startsWith("# ") ? lines[index].substring(2) : lines[index].substring(1));
        }
        return content;
    }
}
