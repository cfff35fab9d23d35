package dev.datapipeline.environment.requirement.syntax;

import dev.datapipeline.environment.version.Specifier;
import dev.datapipeline.environment.version.Specifiers;
import dev.datapipeline.environment.version.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A condition on the environment under which a requirement counts. Its text is canonical. */
sealed interface Marker {
    /** @param environment values of the variables, as pip reports them; a missing one is empty */
    boolean holds(Map<String, String> environment);

    /** One side of a comparison. */
    record Operand(boolean isVariable, String text) {
        String value(Map<String, String> environment) {
            return isVariable ? environment.getOrDefault(text, "") : text;
        }

        @Override
        public String toString() {
            return isVariable ? text : "\"" + text + "\"";
        }
    }

    /** @param operator of versions, or {@code in}, or {@code not in} */
    record Comparison(Operand left, String operator, Operand right) implements Marker {
        @Override
        public boolean holds(Map<String, String> environment) {
            String one = left.value(environment);
            String other = right.value(environment);
            Optional<Version> version = Version.of(one);
            Optional<Specifiers> condition = Specifiers.tryOf(operator + other);
            return version.isPresent() && condition.isPresent()
                    ? condition.get().match(version.get())
                    : compareTexts(one, other);
        }

        private boolean compareTexts(String one, String other) {
            return switch (operator) {
                case "in" -> other.contains(one);
                case "not in" -> !other.contains(one);
                case "!=" -> !one.equals(other);
                case "<" -> one.compareTo(other) < 0;
                case "<=" -> one.compareTo(other) <= 0;
                case ">" -> one.compareTo(other) > 0;
                case ">=" -> one.compareTo(other) >= 0;
                default -> one.equals(other);
            };
        }

        @Override
        public String toString() {
            return left + " " + operator + " " + right;
        }
    }

    /** @param parts two or more */
    record All(List<Marker> parts) implements Marker {
        @Override
        public boolean holds(Map<String, String> environment) {
            return parts.stream().allMatch(part -> part.holds(environment));
        }

        @Override
        public String toString() {
            return parts.stream()
                    .map(part -> part instanceof Any ? "(" + part + ")" : part.toString())
                    .collect(Collectors.joining(" and "));
        }
    }

    /** @param parts two or more */
    record Any(List<Marker> parts) implements Marker {
        @Override
        public boolean holds(Map<String, String> environment) {
            return parts.stream().anyMatch(part -> part.holds(environment));
        }

        @Override
        public String toString() {
            return parts.stream().map(Marker::toString).collect(Collectors.joining(" or "));
        }
    }

    /** The operators that compare versions, the longer before their beginnings. */
    static List<String> versionOperators() {
        return List.of(Specifier.Operator.values()).stream()
                .map(Specifier.Operator::sign)
                .toList();
    }
}
