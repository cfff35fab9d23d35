package dev.datapipeline.identity.access;

import dev.datapipeline.identity.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of {@code access-matrix.txt}. */
final class AccessMatrix {
    private static final String FILE = "/access-matrix.txt";
    private static final String YES = "yes";
    private static final String NO = "no";
    private static final int COLUMNS = 8;

    private final Map<String, AccessRule> rules;
    private final RuleTree tree = new RuleTree();

    private AccessMatrix(Map<String, AccessRule> rules) {
        this.rules = rules;
        rules.values().forEach(tree::add);
    }

    static AccessMatrix load() {
        try (InputStream file = AccessMatrix.class.getResourceAsStream(FILE)) {
            return parse(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @throws IllegalArgumentException naming the line that is wrong */
    static AccessMatrix parse(String text) {
        Map<String, AccessRule> rules = new LinkedHashMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            AccessRule rule = rule(line);
            if (rules.put(rule.operation(), rule) != null) {
                throw wrong(line, "is there twice");
            }
        });
        return new AccessMatrix(rules);
    }

    private static AccessRule rule(String line) {
        List<String> columns = List.of(line.strip().split("\\s+"));
        if (columns.size() != COLUMNS || !columns.get(1).startsWith("/")) {
            throw wrong(line, "is not METHOD /path nobody viewer editor admin key of");
        }
        columns.subList(2, COLUMNS - 1).forEach(answer -> {
            if (!answer.equals(YES) && !answer.equals(NO)) {
                throw wrong(line, "has something else than yes and no");
            }
        });
        Role leastRole = leastRole(columns.subList(2, 6), line);
        return new AccessRule(
                columns.get(0),
                columns.get(1),
                leastRole,
                columns.get(6).equals(YES),
                scope(columns.get(7), leastRole, line));
    }

    private static AccessScope scope(String word, @Nullable Role leastRole, String line) {
        return AccessScope.of(word)
                .filter(scope -> (scope == AccessScope.OPEN) == (leastRole == null))
                .orElseThrow(() -> wrong(line, "must end with what the role is of, - where it is open"));
    }

    /** Null if the first column, nobody, says yes. */
    private static @Nullable Role leastRole(List<String> answers, String line) {
        int first = answers.indexOf(YES);
        if (first < 0 || answers.lastIndexOf(NO) > first) {
            throw wrong(line, "must allow somebody, and each role what those before it may");
        }
        return first == 0 ? null : Role.values()[first - 1];
    }

    private static IllegalArgumentException wrong(String line, String what) {
        return new IllegalArgumentException("The line of " + FILE + " " + what + ": " + line);
    }

    /** The rule of exactly this operation of the API document. */
    Optional<AccessRule> ofOperation(String method, String path) {
        return Optional.ofNullable(rules.get(method + " " + path));
    }

    /** The rule for a request; a literal segment goes before a parameter. */
    Optional<AccessRule> find(String method, String path) {
        return tree.find(method, path);
    }

    boolean hasPath(String path) {
        return tree.hasPath(path);
    }

    Collection<AccessRule> rules() {
        return rules.values();
    }
}
