package dev.datapipeline.environment.index.page;

import dev.datapipeline.upstream.WebAddresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of a page as it is read: addresses resolved, those that are no packages left out, counted. */
final class PageFiles {
    static final int MAX_FILES = 100_000;

    private static final int LONGEST_TEXT = 1000;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
    private static final Pattern PACKAGE =
            Pattern.compile("(?i)[A-Za-z0-9][A-Za-z0-9._+!-]{0,250}\\.(?:whl|zip|tgz|tar\\.(?:gz|bz2|xz))");

    private final URI base;
    private final List<IndexFile> files = new ArrayList<>();

    /** @param base of relative addresses */
    PageFiles(URI base) {
        this.base = base;
    }

    List<IndexFile> files() {
        return files;
    }

    void add(IndexFile file) throws PageFormatException {
        if (files.size() == MAX_FILES) {
            throw new PageFormatException("it lists more than " + MAX_FILES + " files of one package");
        }
        boolean isUnpinned = file.metadata() != null && file.metadata().hash() == null;
        files.add(isUnpinned && isDowngrade(file.url()) ? file.withoutMetadata() : file);
    }

    /** A hash tells when somebody on the way has changed what is fetched; metadata often has none. */
    private boolean isDowngrade(URI url) {
        return WebAddresses.isEncrypted(base) && !WebAddresses.isEncrypted(url);
    }

    static boolean isPackage(String filename) {
        return PACKAGE.matcher(filename).matches();
    }

    /** @return empty where it is no address that can be fetched */
    Optional<URI> resolve(String href) {
        try {
            URI url = base.resolve(new URI(href.strip()));
            return WebAddresses.isWeb(url) ? Optional.of(withoutFragment(url)) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    /** Reasons and specifiers are a line or two, without what would take over a terminal or turn the text around. */
    static @Nullable String bounded(@Nullable String text) {
        return text == null
                ? null
                : INVISIBLE
                        .matcher(text.substring(0, Math.min(text.length(), LONGEST_TEXT)))
                        .replaceAll(" ");
    }

    /** Some indexes write nothing where there is no condition. */
    static @Nullable String specifiers(@Nullable String text) {
        return text == null || text.isBlank() ? null : bounded(text);
    }

    private static URI withoutFragment(URI url) throws URISyntaxException {
        String text = url.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? url : new URI(text.substring(0, fragment));
    }
}
