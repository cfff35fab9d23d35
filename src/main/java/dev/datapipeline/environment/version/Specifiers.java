package dev.datapipeline.environment.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Conditions that a version has to meet all, such as {@code >=2,<3}. None of them: every version. */
public record Specifiers(List<Specifier> all) {
    private static final int MOST = 100;

    public Specifiers {
        all = List.copyOf(all);
    }

    /** Reads {@code >=2,<3}; blanks may stand around each part. Empty text is no condition. */
    public static Specifiers of(String text) throws InvalidSpecifierException {
        List<Specifier> read = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", MOST)) {
            read.add(one(part.strip()));
        }
        return new Specifiers(read);
    }

    /** As {@link #of}, for what strangers write where one that is wrong is as good as none. */
    public static Optional<Specifiers> tryOf(String text) {
        try {
            return Optional.of(of(text));
        } catch (InvalidSpecifierException invalid) {
            return Optional.empty();
        }
    }

    private static Specifier one(String part) throws InvalidSpecifierException {
        for (Specifier.Operator operator : Specifier.Operator.values()) {
            if (part.startsWith(operator.sign())) {
                return Specifier.of(
                        operator, part.substring(operator.sign().length()).strip());
            }
        }
        throw new InvalidSpecifierException("\"" + part + "\" does not begin with ==, >=, <=, !=, ~=, <, > or ===");
    }

    public boolean match(Version version) {
        return all.stream().allMatch(specifier -> specifier.matches(version));
    }

    /** Whether pip would take it: pre-releases only where one of the conditions names one. */
    public boolean select(Version version) {
        return match(version) && (!version.isPreRelease() || all.stream().anyMatch(Specifier::namesPreRelease));
    }

    /** Whether one version is named, so that one taken back by its author is still wanted (PEP 592). */
    public boolean isPinned() {
        return all.stream()
                .anyMatch(specifier -> specifier.operator() == Specifier.Operator.ARBITRARY
                        || specifier.operator() == Specifier.Operator.EQUAL
                                && !specifier.version().endsWith(".*"));
    }

    /** The canonical text: sorted, each condition once. */
    @Override
    public String toString() {
        return all.stream().map(Specifier::toString).sorted().distinct().collect(Collectors.joining(","));
    }
}
