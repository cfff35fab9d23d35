package dev.datapipeline.environment.index.page;

import dev.datapipeline.digest.FileHash;
import dev.datapipeline.environment.index.page.IndexFile.SeparateMetadata;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a project's page in HTML (PEP 503, 592, 658). An error page or a login page with status 200 is told from it: a page of an index names
 * its version or has links to packages.
 */
final class HtmlPage {
    /** Of the fragment of an address. */
    private static final int MOST_PARTS = 10;

    private boolean isIndex;
    private PageFiles files;

    private HtmlPage(URI base) {
        files = new PageFiles(base);
    }

    /** @throws PageFormatException when it is no such page */
    static List<IndexFile> read(InputStream body, URI base) throws IOException {
        HtmlPage page = new HtmlPage(base);
        Reader text = new InputStreamReader(body, StandardCharsets.UTF_8);
        HtmlReader tags = new HtmlReader(new BufferedReader(text));
        for (Optional<HtmlReader.Tag> tag = tags.next(); tag.isPresent(); tag = tags.next()) {
            page.read(tag.get());
        }
        if (!page.isIndex) {
            throw new PageFormatException("its page is none of a package index; it may be an error or a login page");
        }
        return page.files.files();
    }

    private void read(HtmlReader.Tag tag) throws PageFormatException {
        Map<String, String> attributes = tag.attributes();
        switch (tag.name()) {
            case "meta" -> isIndex |= attributes.getOrDefault("name", "").equalsIgnoreCase("pypi:repository-version");
            case "base" -> setBase(attributes.get("href"));
            case "a" -> addLink(attributes);
            default -> {
                // Nothing else says anything about files.
            }
        }
    }

    private void setBase(@Nullable String href) {
        if (href != null && files.files().isEmpty()) {
            files.resolve(href).ifPresent(base -> files = new PageFiles(base));
        }
    }

    private void addLink(Map<String, String> attributes) throws PageFormatException {
        String href = attributes.get("href");
        Optional<URI> url = href == null ? Optional.empty() : files.resolve(href);
        if (href == null || url.isEmpty()) {
            return;
        }
        String path = String.valueOf(url.get().getPath());
        String filename = path.substring(path.lastIndexOf('/') + 1);
        if (!PageFiles.isPackage(filename)) {
            return;
        }
        isIndex = true;
        files.add(new IndexFile(
                filename,
                url.get(),
                fragmentHash(href),
                -1,
                null,
                PageFiles.specifiers(attributes.get("data-requires-python")),
                PageFiles.bounded(attributes.get("data-yanked")),
                metadata(attributes)));
    }

    private static @Nullable FileHash fragmentHash(String href) {
        int fragment = href.indexOf('#');
        if (fragment < 0) {
            return null;
        }
        return Arrays.stream(href.substring(fragment + 1).strip().split("&", MOST_PARTS))
                .flatMap(part -> FileHash.parse(part).stream())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static @Nullable SeparateMetadata metadata(Map<String, String> attributes) {
        return Stream.of("data-core-metadata", "data-dist-info-metadata")
                .flatMap(name -> Stream.ofNullable(attributes.get(name)))
                .filter(stated -> !stated.equalsIgnoreCase("false"))
                .map(stated -> new SeparateMetadata(FileHash.parse(stated).orElse(null)))
                .findFirst()
                .orElse(null);
    }
}
