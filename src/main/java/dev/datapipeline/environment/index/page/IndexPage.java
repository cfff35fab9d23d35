package dev.datapipeline.environment.index.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the page of a project, in either form of the Simple API. */
public final class IndexPage {
    /** What to ask for: JSON before HTML, which says less. */
    public static final String ACCEPTED =
            "application/vnd.pypi.simple.v1+json, " + "application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1";

    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final Set<String> JSON = Set.of("application/vnd.pypi.simple.v1+json", "application/json");
    private static final Set<String> HTML =
            Set.of("application/vnd.pypi.simple.v1+html", "text/html", "application/xhtml+xml");

    private IndexPage() {}

    /**
     * The files that the page lists.
     *
     * @param contentType as the index states it
     * @param url that the page came from
     * @throws IOException with a part of a sentence about the index where it is no such page
     */
    public static List<IndexFile> read(@Nullable String contentType, InputStream body, URI url) throws IOException {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        InputStream bounded = new BoundedStream(body, MAX_BYTES);
        if (JSON.contains(type)) {
            return JsonPage.read(bounded, url);
        }
        if (HTML.contains(type)) {
            return HtmlPage.read(bounded, url);
        }
        throw new PageFormatException("its page is none of a package index");
    }
}
