package dev.datapipeline.environment.version;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The order of PEP 440: development release, pre-releases, release, post-releases; then the local part. */
final class VersionOrder implements Comparator<Version> {
    static final VersionOrder INSTANCE = new VersionOrder();

    private static final Comparator<Version> PARTS = Comparator.comparing(Version::epoch)
            .thenComparing(Version::release, VersionOrder::compareReleases)
            .thenComparing(VersionOrder::phase)
            .thenComparing(
                    version -> version.pre().map(Version.PreRelease::number).orElse(BigInteger.ZERO))
            .thenComparing(version -> numberOrLess(version.post()))
            .thenComparing(Version::dev, VersionOrder::compareDevelopment)
            .thenComparing(Version::local, VersionOrder::compareLocals);

    private VersionOrder() {}

    @Override
    public int compare(Version one, Version other) {
        return PARTS.compare(one, other);
    }

    static int compareReleases(List<BigInteger> one, List<BigInteger> other) {
        for (int place = 0; place < Math.max(one.size(), other.size()); place++) {
            int compared = numberAt(one, place).compareTo(numberAt(other, place));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    static BigInteger numberAt(List<BigInteger> release, int place) {
        return place < release.size() ? release.get(place) : BigInteger.ZERO;
    }

    static boolean isNumber(String segment) {
        return segment.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    /** A development release of a release comes before the pre-releases of that release. */
    private static String phase(Version version) {
        if (version.pre().isPresent()) {
            return version.pre().get().phase();
        }
        boolean isOfRelease = version.post().isEmpty() && version.dev().isPresent();
        return isOfRelease ? "" : "release";
    }

    private static BigInteger numberOrLess(Optional<BigInteger> number) {
        return number.orElse(BigInteger.ONE.negate());
    }

    /** One without a development number comes after all that have one. */
    private static int compareDevelopment(Optional<BigInteger> one, Optional<BigInteger> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        return one.get().compareTo(other.get());
    }

    /** Numbers come after letters; the longer one comes after its own beginning. */
    private static int compareLocals(List<String> one, List<String> other) {
        for (int place = 0; place < Math.min(one.size(), other.size()); place++) {
            int compared = compareSegments(one.get(place), other.get(place));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static int compareSegments(String one, String other) {
        boolean isNumber = isNumber(one);
        if (isNumber != isNumber(other)) {
            return isNumber ? 1 : -1;
        }
        return isNumber ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }
}
