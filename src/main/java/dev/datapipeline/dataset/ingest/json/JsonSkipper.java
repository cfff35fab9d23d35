package dev.datapipeline.dataset.ingest.json;

import dev.datapipeline.dataset.ingest.input.UploadBuffer;
import dev.datapipeline.json.JsonText;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.HashSet;
import java.util.Set;

/** Moves past JSON values of any size, as strictly as {@link JsonScanner}; holds one token and the names of open objects in memory. */
final class JsonSkipper {
    private static final int MAX_NAMES_OF_OBJECT = 100_000;
    private static final long MAX_NAME_CHARACTERS = 16L * 1024 * 1024;

    private final UploadBuffer buffer;
    private final JsonScanner scanner;
    private long nameCharacters;

    JsonSkipper(UploadBuffer buffer, JsonScanner scanner) {
        this.buffer = buffer;
        this.scanner = scanner;
    }

    /** The names of one object, to find one that stands twice. */
    final class Names {
        private final Set<String> names = new HashSet<>();
        private long characters;

        String next() {
            buffer.token();
            Position start = buffer.here();
            buffer.beginRecord();
            if (buffer.peek() != '"') {
                throw scanner.unexpected("a name in double quotes");
            }
            scanner.value(1);
            String name = JsonText.decode(buffer.bytes(), buffer.recordStart() + 1, buffer.position() - 1, true);
            buffer.dropRecord();
            scanner.colon();
            keep(name, start);
            return name;
        }

        private void keep(String name, Position start) {
            if (!names.add(name)) {
                throw new ProblemException(
                        ProblemType.DUPLICATE_KEY,
                        "The object has two fields of this name. Rename or remove one of them.",
                        start);
            }
            characters += name.length();
            nameCharacters += name.length();
            if (names.size() > MAX_NAMES_OF_OBJECT || nameCharacters > MAX_NAME_CHARACTERS) {
                throw new ProblemException(
                        ProblemType.RECORD_TOO_LARGE,
                        "An object around the records has too many fields, or too long names. Upload the list of records without it.",
                        start);
            }
        }

        void close() {
            nameCharacters -= characters;
        }
    }

    Names names() {
        return new Names();
    }

    /** @param depth as in {@link JsonScanner#value} */
    void value(int depth) {
        switch (buffer.token()) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            default -> {
                buffer.beginRecord();
                scanner.value(depth);
                buffer.dropRecord();
            }
        }
    }

    private void object(int depth) {
        Names names = names();
        for (boolean more = scanner.hasFirst(depth, '}'); more; more = scanner.hasNext('}')) {
            names.next();
            value(depth + 1);
        }
        names.close();
    }

    private void list(int depth) {
        for (boolean more = scanner.hasFirst(depth, ']'); more; more = scanner.hasNext(']')) {
            value(depth + 1);
        }
    }
}
