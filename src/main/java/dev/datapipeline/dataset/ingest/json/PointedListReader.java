package dev.datapipeline.dataset.ingest.json;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.JsonPointer;
import dev.datapipeline.dataset.ingest.format.ReadAs;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.dataset.ingest.input.RecordReader;
import dev.datapipeline.dataset.ingest.input.UploadBuffer;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the list of objects at a position in a JSON document, and checks what stands around it. Holds neither in memory. */
public final class PointedListReader implements RecordReader {
    private static final int MAX_SHOWN = 12;
    private static final int LONGEST_SHOWN = 60;

    private final UploadBuffer buffer;
    private final JsonScanner scanner;
    private final JsonSkipper skipper;
    private final JsonRecords records;
    private final UploadHints hints;
    private final JsonPointer pointer;
    private final Deque<Container> open = new ArrayDeque<>();
    private Place place = Place.BEFORE;

    private enum Place {
        BEFORE,
        INSIDE,
        AFTER
    }

    /** An object or a list on the way down; the names are those of an object. */
    private record Container(JsonSkipper.@Nullable Names names, int depth) {}

    public PointedListReader(UploadBuffer buffer, JsonScanner scanner, UploadHints hints, JsonPointer pointer) {
        this.buffer = buffer;
        this.scanner = scanner;
        this.skipper = new JsonSkipper(buffer, scanner);
        this.records = new JsonRecords(buffer, scanner);
        this.hints = hints;
        this.pointer = pointer;
    }

    @Override
    public @Nullable ByteBuffer next() {
        if (hasNext()) {
            place = Place.INSIDE;
            return records.object();
        }
        if (place != Place.AFTER) {
            place = Place.AFTER;
            leave();
        }
        return null;
    }

    private boolean hasNext() {
        return switch (place) {
            case BEFORE -> enter();
            case INSIDE -> scanner.hasNext(']');
            case AFTER -> false;
        };
    }

    private boolean enter() {
        for (String segment : pointer.segments()) {
            int depth = open.size() + 1;
            switch (buffer.token()) {
                case '{' -> open.push(enterObject(segment, depth));
                case '[' -> open.push(enterList(segment, depth));
                default -> throw noList(open.size());
            }
        }
        if (buffer.token() != '[') {
            throw noList(open.size());
        }
        return scanner.hasFirst(1, ']');
    }

    private Container enterObject(String wanted, int depth) {
        JsonSkipper.Names names = skipper.names();
        List<String> others = new ArrayList<>();
        for (boolean more = scanner.hasFirst(depth, '}'); more; more = scanner.hasNext('}')) {
            String name = names.next();
            if (name.equals(wanted)) {
                return new Container(names, depth);
            }
            note(others, name);
            skipper.value(depth + 1);
        }
        throw missing(wanted, "an object with %s".formatted(shown(others)));
    }

    private Container enterList(String wanted, int depth) {
        long index = 0;
        for (boolean more = scanner.hasFirst(depth, ']'); more; more = scanner.hasNext(']')) {
            if (wanted.equals(String.valueOf(index))) {
                return new Container(null, depth);
            }
            skipper.value(depth + 1);
            index++;
        }
        throw missing(wanted, "a list of %d elements".formatted(index));
    }

    /** Moves past the rest of every container that is open, and makes sure that nothing follows the document. */
    private void leave() {
        while (!open.isEmpty()) {
            Container container = open.pop();
            JsonSkipper.Names names = container.names();
            while (scanner.hasNext(names == null ? ']' : '}')) {
                if (names != null) {
                    names.next();
                }
                skipper.value(container.depth() + 1);
            }
        }
        records.end("The parameter \"records\" is for a single JSON document.");
    }

    /** The value at the current position is no list, or cannot be entered. */
    private ProblemException noList(int steps) {
        int first = buffer.token();
        if (first != '{' && first != '[') {
            skipper.value(1);
        }
        String found = switch (first) {
            case '{' -> "an object with " + shown(namesOfObject());
            case '[' -> "a list";
            case '"' -> "a text";
            case 't', 'f' -> "true or false";
            case 'n' -> "null";
            default -> "a number";
        };
        return notAList(
                "There is no list of records at \"%s\": %s is %s.".formatted(pointer.text(), where(steps), found));
    }

    private List<String> namesOfObject() {
        List<String> seen = new ArrayList<>();
        JsonSkipper.Names names = skipper.names();
        for (boolean more = scanner.hasFirst(1, '}'); more; more = scanner.hasNext('}')) {
            note(seen, names.next());
            skipper.value(1);
        }
        return seen;
    }

    private ProblemException missing(String wanted, String found) {
        return notAList("There is no \"%s\" at %s, which is %s.".formatted(shorten(wanted), where(open.size()), found));
    }

    private ProblemException notAList(String detail) {
        return buffer.problem(
                ProblemType.NOT_A_RECORD_LIST,
                detail + " Give \"records\" the path of a list of objects, such as /features.");
    }

    private String where(int steps) {
        return steps == 0
                ? "the top of the document"
                : "\"" + shorten(pointer.head(steps).text()) + "\"";
    }

    /** Notes a name with the type of the value after it. */
    private void note(List<String> seen, String name) {
        if (seen.size() <= MAX_SHOWN) {
            String kind = switch (buffer.token()) {
                case '[' -> " (a list)";
                case '{' -> " (an object)";
                default -> "";
            };
            seen.add("\"" + shorten(name) + "\"" + kind);
        }
    }

    private static String shown(List<String> names) {
        if (names.isEmpty()) {
            return "nothing in it";
        }
        return names.size() <= MAX_SHOWN
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MAX_SHOWN)) + " and more";
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    @Override
    public ReadAs readAs() {
        List<String> notes = new ArrayList<>(hints.disagreement(DatasetFormat.JSON, "a JSON document"));
        notes.add("The records are those of the list at \"%s\"; what stands beside it in the document was left out."
                .formatted(pointer.text()));
        return new ReadAs(DatasetFormat.JSON, null, pointer, List.of(), null, notes);
    }
}
