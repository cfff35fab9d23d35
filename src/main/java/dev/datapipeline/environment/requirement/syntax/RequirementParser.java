package dev.datapipeline.environment.requirement.syntax;

import dev.datapipeline.environment.version.InvalidSpecifierException;
import dev.datapipeline.environment.version.Specifier;
import dev.datapipeline.environment.version.Specifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one requirement: a name with extras, versions and a marker (PEP 508), and nothing else that pip would take on a line. */
public final class RequirementParser {
    private static final String ONLY = "only names with versions, extras and markers are taken";
    private static final Pattern LINE_END = Pattern.compile("[\\r\\n]");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._*+!-]+");
    private static final Pattern ADDRESS = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:|(?:git|hg|svn|bzr)\\+).*");
    private static final Pattern PATH = Pattern.compile("(?:[.~/\\\\]|[^;@\\[\\s]*[/\\\\]).*");
    private static final Pattern FILE =
            Pattern.compile("(?i)[^@\\s]+\\.(?:whl|zip|tgz|tbz|txz|tlz|tar|tar\\.(?:gz|bz2|xz|lz|lzma))");

    private final TextCursor cursor;

    private RequirementParser(String text) {
        this.cursor = new TextCursor(text);
    }

    public static ParsedRequirement parse(String text) throws RequirementSyntaxException {
        checkKind(text);
        return new RequirementParser(text).requirement();
    }

    /** Says of what is clearly no requirement what it is. */
    private static void checkKind(String text) throws RequirementSyntaxException {
        Matcher lineEnd = LINE_END.matcher(text);
        if (lineEnd.find()) {
            throw new RequirementSyntaxException(
                    lineEnd.start(), "line breaks are not taken; write each requirement as an entry of its own");
        }
        String stripped = text.strip();
        int start = text.indexOf(stripped);
        if (stripped.startsWith("-")) {
            throw new RequirementSyntaxException(start, "options of pip are not taken; " + ONLY);
        }
        if (ADDRESS.matcher(stripped).matches()) {
            throw new RequirementSyntaxException(start, "addresses are not taken; " + ONLY);
        }
        if (PATH.matcher(stripped).matches() || FILE.matcher(stripped).matches()) {
            throw new RequirementSyntaxException(start, "paths and files are not taken; upload a wheel; " + ONLY);
        }
    }

    private ParsedRequirement requirement() throws RequirementSyntaxException {
        cursor.skipBlanks();
        String name = name("the name of a package is expected, not ");
        cursor.skipBlanks();
        SortedSet<String> extras = cursor.tryTake("[") ? extras() : new TreeSet<>();
        cursor.skipBlanks();
        if (cursor.startsWith("@")) {
            throw cursor.error("addresses are not taken; " + ONLY);
        }
        Specifiers specifiers = cursor.tryTake("(") ? inParentheses() : specifiers();
        cursor.skipBlanks();
        Optional<Marker> marker = Optional.empty();
        if (cursor.tryTake(";")) {
            marker = Optional.of(new MarkerParser(cursor).marker());
        }
        checkEnd(specifiers);
        return new ParsedRequirement(PackageName.normalised(name), extras, specifiers, marker);
    }

    private String name(String expectation) throws RequirementSyntaxException {
        String name = cursor.take(PackageName.SYNTAX);
        if (name.isEmpty()) {
            throw cursor.error(expectation + cursor.quote());
        }
        return name;
    }

    private SortedSet<String> extras() throws RequirementSyntaxException {
        SortedSet<String> extras = new TreeSet<>();
        cursor.skipBlanks();
        if (cursor.tryTake("]")) {
            return extras;
        }
        while (true) {
            cursor.skipBlanks();
            extras.add(PackageName.normalised(name("the name of an extra is expected, not ")));
            cursor.skipBlanks();
            if (cursor.tryTake("]")) {
                return extras;
            }
            if (!cursor.tryTake(",")) {
                throw cursor.error("a comma or ] is expected between extras, not " + cursor.quote());
            }
        }
    }

    private Specifiers inParentheses() throws RequirementSyntaxException {
        cursor.skipBlanks();
        Specifiers specifiers = specifiers();
        cursor.skipBlanks();
        if (!cursor.tryTake(")")) {
            throw cursor.error("a comma or ) is expected between versions, not " + cursor.quote());
        }
        return specifiers;
    }

    private Specifiers specifiers() throws RequirementSyntaxException {
        List<Specifier> all = new ArrayList<>();
        Optional<Specifier.Operator> operator = operator();
        while (operator.isPresent()) {
            all.add(specifier(operator.get()));
            cursor.skipBlanks();
            if (!cursor.tryTake(",")) {
                break;
            }
            cursor.skipBlanks();
            operator = operator();
            if (operator.isEmpty()) {
                throw cursor.error("a condition such as >=2 is expected behind a comma, not " + cursor.quote());
            }
        }
        return new Specifiers(all);
    }

    private Optional<Specifier.Operator> operator() {
        for (Specifier.Operator operator : Specifier.Operator.values()) {
            if (cursor.tryTake(operator.sign())) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    private Specifier specifier(Specifier.Operator operator) throws RequirementSyntaxException {
        cursor.skipBlanks();
        int start = cursor.offset();
        String version = cursor.take(VERSION);
        if (version.isEmpty()) {
            throw cursor.error("a version is expected behind " + operator.sign() + ", not " + cursor.quote());
        }
        try {
            return Specifier.of(operator, version);
        } catch (InvalidSpecifierException invalid) {
            throw cursor.errorAt(start, invalid.text());
        }
    }

    private void checkEnd(Specifiers specifiers) throws RequirementSyntaxException {
        cursor.skipBlanks();
        if (cursor.isAtEnd()) {
            return;
        }
        if (cursor.startsWith("--")) {
            throw cursor.error("options of pip are not taken; " + ONLY);
        }
        if (cursor.startsWith("=") && specifiers.all().isEmpty()) {
            throw cursor.error("one version is written with ==, not =");
        }
        throw cursor.error(String.format(
                Locale.ROOT, "%s is not understood here; a requirement is written like pandas>=2,<3", cursor.quote()));
    }
}
