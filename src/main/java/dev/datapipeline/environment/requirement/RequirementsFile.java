package dev.datapipeline.environment.requirement;

import dev.datapipeline.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a requirements file: lines that may go on behind a backslash, comments, blank lines. Options are left to the parser. */
public final class RequirementsFile {
    private static final String POINTER = "/packages";

    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    /** A number sign begins a comment at the start of a line and behind a blank. */
    private static final Pattern COMMENT = Pattern.compile("(?:^|[ \\t]+)#.*$", Pattern.DOTALL);

    private static final String CONTINUED = "\\";

    private RequirementsFile() {}

    /**
     * The requirements of a file that came as part {@code packages} of a form, one each.
     *
     * @return them with the lines in which they begin
     * @throws ProblemException PACKAGES_INVALID with every error, each with line and column of the file
     */
    public static PackageList read(String text) {
        List<LogicalLine> lines = logicalLines(text);
        PackageDeclarations declarations = new PackageDeclarations();
        declarations.addFile(text, lines, POINTER);
        declarations.read();
        return new PackageList(
                lines.stream().map(line -> line.text().strip()).toList(),
                lines.stream().map(LogicalLine::firstLine).toList());
    }

    /** The lines that say something, without comments. */
    static List<LogicalLine> logicalLines(String text) {
        List<LogicalLine> lines = new ArrayList<>();
        LogicalLine current = new LogicalLine();
        String[] physical = LINE_END.split(withoutMark(text), -1);
        for (int index = 0; index < physical.length; index++) {
            String line = physical[index];
            Matcher comment = COMMENT.matcher(line);
            boolean isContinued = !comment.find() && line.endsWith(CONTINUED);
            String said = isContinued ? line.substring(0, line.length() - 1) : comment.replaceFirst("");
            current.add(said, index + 1, 1);
            if (!isContinued) {
                addIfSaysSomething(lines, current);
                current = new LogicalLine();
            }
        }
        addIfSaysSomething(lines, current);
        return lines;
    }

    private static void addIfSaysSomething(List<LogicalLine> lines, LogicalLine line) {
        if (!line.isEmpty() && !line.text().isBlank()) {
            lines.add(line);
        }
    }

    /** Editors of one system put a byte order mark in front. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
