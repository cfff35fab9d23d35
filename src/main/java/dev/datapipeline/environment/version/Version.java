package dev.datapipeline.environment.version;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A version (PEP 440). Two versions that differ only in spelling or in zeros at the end of the release are equal in order, not in text.
 *
 * @param pre phase of a pre-release ({@code a}, {@code b}, {@code rc}) and its number
 * @param local what a distributor added behind a plus sign
 */
public record Version(
        BigInteger epoch,
        List<BigInteger> release,
        Optional<PreRelease> pre,
        Optional<BigInteger> post,
        Optional<BigInteger> dev,
        List<String> local)
        implements Comparable<Version> {
    /** Far longer than any version; keeps what strangers send from costing anything. */
    private static final int LONGEST = 200;

    private static final Pattern SYNTAX = Pattern.compile("v?(?:(?<epoch>[0-9]++)!)?(?<release>[0-9]++(?:\\.[0-9]++)*+)"
            + "(?:[-_.]?(?<phase>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<preNumber>[0-9]++)?)?"
            + "(?:-(?<implicitPost>[0-9]++)|(?<post>[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>[0-9]++)?))?"
            + "(?<dev>[-_.]?dev[-_.]?(?<devNumber>[0-9]++)?)?"
            + "(?:\\+(?<local>[a-z0-9]++(?:[-_.][a-z0-9]++)*+))?");

    /** A phase before the release. */
    public record PreRelease(String phase, BigInteger number) {}

    public Version {
        release = List.copyOf(release);
        local = List.copyOf(local);
    }

    /** @return empty where it is no version */
    public static Optional<Version> of(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher parts = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
        return parts.matches() ? Optional.of(of(parts)) : Optional.empty();
    }

    private static Version of(Matcher parts) {
        return new Version(
                number(parts.group("epoch")),
                Arrays.stream(parts.group("release").split("\\.", -1))
                        .map(BigInteger::new)
                        .toList(),
                Optional.ofNullable(parts.group("phase"))
                        .map(phase -> new PreRelease(phase(phase), number(parts.group("preNumber")))),
                Optional.ofNullable(parts.group("implicitPost"))
                        .or(() -> Optional.ofNullable(parts.group("post")).map(post -> text(parts.group("postNumber"))))
                        .map(BigInteger::new),
                Optional.ofNullable(parts.group("dev")).map(dev -> number(parts.group("devNumber"))),
                Optional.ofNullable(parts.group("local"))
                        .map(local -> List.of(local.split("[-_.]", -1)))
                        .orElse(List.of()));
    }

    /** Whether it is before a release: pre-releases and development releases. */
    public boolean isPreRelease() {
        return pre.isPresent() || dev.isPresent();
    }

    /** The same version without the distributor's part. */
    public Version withoutLocal() {
        return new Version(epoch, release, pre, post, dev, List.of());
    }

    @Override
    public int compareTo(Version other) {
        return VersionOrder.INSTANCE.compare(this, other);
    }

    /** The canonical text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (epoch.signum() > 0) {
            text.append(epoch).append('!');
        }
        text.append(release.stream().map(BigInteger::toString).collect(Collectors.joining(".")));
        pre.ifPresent(before -> text.append(before.phase()).append(before.number()));
        post.ifPresent(number -> text.append(".post").append(number));
        dev.ifPresent(number -> text.append(".dev").append(number));
        if (!local.isEmpty()) {
            text.append('+').append(local.stream().map(Version::withoutZeros).collect(Collectors.joining(".")));
        }
        return text.toString();
    }

    private static String withoutZeros(String segment) {
        return VersionOrder.isNumber(segment) ? new BigInteger(segment).toString() : segment;
    }

    private static String phase(String spelling) {
        return switch (spelling) {
            case "alpha" -> "a";
            case "beta" -> "b";
            case "c", "pre", "preview" -> "rc";
            default -> spelling;
        };
    }

    private static BigInteger number(@Nullable String digits) {
        return new BigInteger(text(digits));
    }

    private static String text(@Nullable String digits) {
        return digits == null ? "0" : digits;
    }
}
