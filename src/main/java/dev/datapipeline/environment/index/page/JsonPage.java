package dev.datapipeline.environment.index.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.datapipeline.digest.FileHash;
import dev.datapipeline.environment.index.page.IndexFile.SeparateMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a project's page in JSON (PEP 691, 700, 714), piece by piece: a page can have many megabytes. */
final class JsonPage {
    private static final int DEEPEST = 50;
    private static final int LONGEST_TEXT = 100_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_TEXT)
                    .build())
            .build();

    private final PageFiles files;
    private boolean hasFiles;

    private JsonPage(URI base) {
        files = new PageFiles(base);
    }

    /** @throws PageFormatException when it is no such page */
    static List<IndexFile> read(InputStream body, URI base) throws IOException {
        JsonPage page = new JsonPage(base);
        try (JsonParser parser = JSON.createParser(body)) {
            page.read(parser);
        } catch (JsonProcessingException invalid) {
            throw new PageFormatException("its page is not valid JSON");
        }
        if (!page.hasFiles) {
            throw new PageFormatException("its page has no list of files");
        }
        return page.files.files();
    }

    private void read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new PageFormatException("its page is no JSON object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("files") && value == JsonToken.START_ARRAY) {
                hasFiles = true;
                readFiles(parser);
            } else if (name.equals("meta") && value == JsonToken.START_OBJECT) {
                readMeta(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void readMeta(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("api-version") && !parser.getValueAsString("").startsWith("1.")) {
                throw new PageFormatException("it speaks another version of the Simple API than 1");
            }
            parser.skipChildren();
        }
    }

    private void readFiles(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new PageFormatException("its list of files has something else in it");
            }
            Entry entry = new Entry();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                entry.read(name, parser);
            }
            Optional<IndexFile> file = entry.toFile(files);
            if (file.isPresent()) {
                files.add(file.get());
            }
        }
    }

    /** One file as it is read. */
    private static final class Entry {
        private @Nullable String filename;
        private @Nullable String url;
        private @Nullable FileHash hash;
        private @Nullable String requiresPython;
        private @Nullable String yanked;
        private @Nullable Instant uploaded;
        private long size = -1;
        private @Nullable SeparateMetadata metadata;

        private void read(String name, JsonParser parser) throws IOException {
            switch (name) {
                case "filename" -> filename = text(parser);
                case "url" -> url = text(parser);
                case "requires-python" -> requiresPython = PageFiles.specifiers(text(parser));
                case "upload-time" -> uploaded = instant(text(parser));
                case "size" ->
                    size = parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getValueAsLong(-1) : -1;
                case "yanked" -> readYanked(parser);
                case "hashes" -> hash = strongest(parser);
                case "core-metadata", "dist-info-metadata", "data-dist-info-metadata" -> readMetadata(parser);
                default -> parser.skipChildren();
            }
        }

        private void readYanked(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_TRUE) {
                yanked = "";
            } else {
                yanked = PageFiles.bounded(text(parser));
            }
        }

        private Optional<IndexFile> toFile(PageFiles files) {
            if (filename == null || url == null || !PageFiles.isPackage(filename)) {
                return Optional.empty();
            }
            String name = filename;
            return files.resolve(url)
                    .map(at -> new IndexFile(name, at, hash, size, uploaded, requiresPython, yanked, metadata));
        }

        private static @Nullable String text(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return parser.getText();
            }
            parser.skipChildren();
            return null;
        }

        /** The first of the names under which an index states it goes before the others. */
        private void readMetadata(JsonParser parser) throws IOException {
            boolean isStated =
                    parser.currentToken() == JsonToken.VALUE_TRUE || parser.currentToken() == JsonToken.START_OBJECT;
            FileHash ofMetadata = strongest(parser);
            if (isStated && (metadata == null || metadata.hash() == null)) {
                metadata = new SeparateMetadata(ofMetadata);
            }
        }

        /** Of the hashes in an object the one that is taken first; null where there is none that is known. */
        private static @Nullable FileHash strongest(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return null;
            }
            FileHash found = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String algorithm = parser.currentName();
                parser.nextToken();
                String digits = text(parser);
                FileHash hash =
                        digits == null ? null : FileHash.of(algorithm, digits).orElse(null);
                found = found == null || hash != null && hash.compareTo(found) < 0 ? hash : found;
            }
            return found;
        }

        private static @Nullable Instant instant(@Nullable String text) {
            if (text == null) {
                return null;
            }
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException invalid) {
                return null;
            }
        }
    }
}
