package dev.datapipeline.environment.version;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One condition on a version, such as {@code >=2.1} (PEP 440).
 *
 * @param version in canonical form, with {@code .*} at the end for a prefix; for {@code ===} as it was written
 */
public record Specifier(Operator operator, String version) {
    private static final String PREFIX = ".*";
    private static final Pattern ARBITRARY = Pattern.compile("[A-Za-z0-9._+!-]{1,200}");

    /** In the order in which a text is searched for them: the longer before their beginnings. */
    public enum Operator {
        ARBITRARY("==="),
        COMPATIBLE("~="),
        EQUAL("=="),
        NOT_EQUAL("!="),
        AT_MOST("<="),
        AT_LEAST(">="),
        LESS("<"),
        GREATER(">");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        private boolean takesPrefix() {
            return this == EQUAL || this == NOT_EQUAL;
        }
    }

    /**
     * @param version behind the operator, without blanks around it
     * @throws InvalidSpecifierException with what is wrong
     */
    public static Specifier of(Operator operator, String version) throws InvalidSpecifierException {
        if (operator == Operator.ARBITRARY) {
            if (!ARBITRARY.matcher(version).matches()) {
                throw new InvalidSpecifierException("\"" + version + "\" is not a version");
            }
            return new Specifier(operator, version);
        }
        boolean isPrefix = version.endsWith(PREFIX);
        Version read = Version.of(isPrefix ? version.substring(0, version.length() - PREFIX.length()) : version)
                .orElseThrow(() -> new InvalidSpecifierException("\"" + version + "\" is not a version (PEP 440)"));
        check(operator, read, isPrefix);
        return new Specifier(operator, isPrefix ? read + PREFIX : read.toString());
    }

    private static void check(Operator operator, Version version, boolean isPrefix) throws InvalidSpecifierException {
        if (isPrefix && !operator.takesPrefix()) {
            throw new InvalidSpecifierException(".* goes with == and != only");
        }
        if (isPrefix && (version.dev().isPresent() || !version.local().isEmpty())) {
            throw new InvalidSpecifierException(".* cannot follow a development or local version");
        }
        if (!version.local().isEmpty() && !operator.takesPrefix()) {
            throw new InvalidSpecifierException("a local version (+…) goes with == and != only");
        }
        if (operator == Operator.COMPATIBLE && version.release().size() < 2) {
            throw new InvalidSpecifierException("~= needs at least two numbers, such as ~=2.1");
        }
    }

    /** Whether a version meets this condition; pre-releases are looked at like all others. */
    public boolean matches(Version candidate) {
        if (operator == Operator.ARBITRARY) {
            return candidate.toString().equals(version.toLowerCase(Locale.ROOT));
        }
        Version stated = stated();
        return switch (operator) {
            case ARBITRARY -> false;
            case EQUAL -> isEqual(candidate, stated);
            case NOT_EQUAL -> !isEqual(candidate, stated);
            case AT_MOST -> candidate.withoutLocal().compareTo(stated) <= 0;
            case AT_LEAST -> candidate.withoutLocal().compareTo(stated) >= 0;
            case LESS -> isLess(candidate, stated);
            case GREATER -> isGreater(candidate, stated);
            case COMPATIBLE ->
                candidate.withoutLocal().compareTo(stated) >= 0 && hasPrefix(candidate, withoutLastNumber(stated));
        };
    }

    /** Whether it asks for a pre-release, so that pre-releases are to be looked at. */
    public boolean namesPreRelease() {
        boolean isBound = operator != Operator.NOT_EQUAL && operator != Operator.LESS && operator != Operator.GREATER;
        return isBound
                && !version.endsWith(PREFIX)
                && Version.of(version).filter(Version::isPreRelease).isPresent();
    }

    @Override
    public String toString() {
        return operator.sign() + version;
    }

    private Version stated() {
        String text = version.endsWith(PREFIX) ? version.substring(0, version.length() - PREFIX.length()) : version;
        return Version.of(text).orElseThrow();
    }

    private boolean isEqual(Version candidate, Version stated) {
        if (version.endsWith(PREFIX)) {
            return hasPrefix(candidate, stated);
        }
        Version compared = stated.local().isEmpty() ? candidate.withoutLocal() : candidate;
        return compared.compareTo(stated) == 0;
    }

    /** Not a pre-release of the stated version, unless that is one itself. */
    private static boolean isLess(Version candidate, Version stated) {
        boolean isOwnPreRelease = candidate.isPreRelease() && !stated.isPreRelease() && isOfRelease(candidate, stated);
        return candidate.compareTo(stated) < 0 && !isOwnPreRelease;
    }

    /** Not a post-release or local version of the stated version, unless that is a post-release itself. */
    private static boolean isGreater(Version candidate, Version stated) {
        boolean isOwnPostRelease =
                candidate.post().isPresent() && stated.post().isEmpty() && isOfRelease(candidate, stated);
        boolean isOwnLocal = !candidate.local().isEmpty() && isOfRelease(candidate, stated);
        return candidate.compareTo(stated) > 0 && !isOwnPostRelease && !isOwnLocal;
    }

    private static boolean isOfRelease(Version candidate, Version stated) {
        return candidate.epoch().equals(stated.epoch())
                && VersionOrder.compareReleases(candidate.release(), stated.release()) == 0;
    }

    private static boolean hasPrefix(Version candidate, Version prefix) {
        if (!candidate.epoch().equals(prefix.epoch())) {
            return false;
        }
        for (int place = 0; place < prefix.release().size(); place++) {
            BigInteger number = VersionOrder.numberAt(candidate.release(), place);
            if (!number.equals(prefix.release().get(place))) {
                return false;
            }
        }
        return (prefix.pre().isEmpty() || prefix.pre().equals(candidate.pre()))
                && (prefix.post().isEmpty() || prefix.post().equals(candidate.post()));
    }

    private static Version withoutLastNumber(Version version) {
        List<BigInteger> release =
                version.release().subList(0, version.release().size() - 1);
        return new Version(version.epoch(), release, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }
}
