package dev.datapipeline.environment.requirement.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the condition behind the semicolon of a requirement (PEP 508). */
final class MarkerParser {
    private static final int DEEPEST = 20;
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

    /** Less than PEP 508 allows: nothing that pip takes for a comment, a variable of the environment or the end of the line. */
    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9 ._+*!:,/()@~=<>-]*");

    private static final Set<String> VARIABLES = Set.of(
            "python_version",
            "python_full_version",
            "os_name",
            "sys_platform",
            "platform_release",
            "platform_system",
            "platform_version",
            "platform_machine",
            "platform_python_implementation",
            "implementation_name",
            "implementation_version",
            "extra");

    private static final Map<String, String> FORMER_NAMES = Map.of(
            "os.name", "os_name",
            "sys.platform", "sys_platform",
            "platform.version", "platform_version",
            "platform.machine", "platform_machine",
            "platform.python_implementation", "platform_python_implementation",
            "python_implementation", "platform_python_implementation");

    private final TextCursor cursor;
    private int depth;

    /** @param cursor behind the semicolon; what follows the condition is left to others */
    MarkerParser(TextCursor cursor) {
        this.cursor = cursor;
    }

    Marker marker() throws RequirementSyntaxException {
        List<Marker> parts = new ArrayList<>();
        do {
            parts.add(conjunction());
        } while (tryTakeWord("or"));
        return parts.size() == 1 ? parts.getFirst() : new Marker.Any(parts);
    }

    private Marker conjunction() throws RequirementSyntaxException {
        List<Marker> parts = new ArrayList<>();
        do {
            parts.add(expression());
        } while (tryTakeWord("and"));
        return parts.size() == 1 ? parts.getFirst() : new Marker.All(parts);
    }

    private Marker expression() throws RequirementSyntaxException {
        cursor.skipBlanks();
        if (!cursor.tryTake("(")) {
            Marker.Operand left = operand();
            return new Marker.Comparison(left, operator(), operand());
        }
        depth++;
        if (depth > DEEPEST) {
            throw cursor.error("parentheses may be " + DEEPEST + " deep at most");
        }
        Marker inner = marker();
        cursor.skipBlanks();
        if (!cursor.tryTake(")")) {
            throw cursor.error("\"and\", \"or\" or ) is expected, not " + cursor.quote());
        }
        depth--;
        return inner;
    }

    private Marker.Operand operand() throws RequirementSyntaxException {
        cursor.skipBlanks();
        for (String mark : List.of("\"", "'")) {
            if (cursor.tryTake(mark)) {
                String text = cursor.take(TEXT);
                if (!cursor.tryTake(mark)) {
                    throw cursor.error("a closing " + mark + " is expected, not " + cursor.quote());
                }
                return new Marker.Operand(false, text);
            }
        }
        int start = cursor.offset();
        String quoted = cursor.quote();
        String word = cursor.take(WORD);
        String name = FORMER_NAMES.getOrDefault(word, word);
        if (!VARIABLES.contains(name)) {
            throw cursor.errorAt(
                    start, quoted + " is neither a text in quotes nor a variable of markers such as python_version");
        }
        return new Marker.Operand(true, name);
    }

    private String operator() throws RequirementSyntaxException {
        cursor.skipBlanks();
        for (String sign : Marker.versionOperators()) {
            if (cursor.tryTake(sign)) {
                return sign;
            }
        }
        if (tryTakeWord("in")) {
            return "in";
        }
        if (tryTakeWord("not")) {
            if (tryTakeWord("in")) {
                return "not in";
            }
            throw cursor.error("\"in\" is expected behind \"not\", not " + cursor.quote());
        }
        throw cursor.error("a comparison such as == or \"in\" is expected, not " + cursor.quote());
    }

    /** Passes a word that ends here. */
    private boolean tryTakeWord(String word) {
        cursor.skipBlanks();
        return !cursor.take(Pattern.compile(word + "(?![A-Za-z0-9_.])")).isEmpty();
    }
}
