package dev.datapipeline.dataset.ingest.json;

import dev.datapipeline.dataset.ingest.format.JsonPointer;
import dev.datapipeline.dataset.ingest.format.RecordList;
import dev.datapipeline.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes a JSON object that the scanner accepted, or the beginning of one: the lists of objects in it, and whether it is a table written
 * by columns. Looks into members of members, not into lists. An incomplete object counts as far as it goes.
 */
final class DocumentShape {
    static final DocumentShape PLAIN = new DocumentShape(new byte[0], 0, 0);

    private static final int MOST_LISTS = 5;
    private static final int MAX_NAME_BYTES = 500;

    private final byte[] bytes;
    private final int end;
    private final List<RecordList> found = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private int at;

    /**
     * A member of the object itself.
     *
     * @param kind its first byte, '0' for an object whose first name is "0"
     * @param size of a list or object
     */
    private record Member(int kind, long size) {}

    private DocumentShape(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    static DocumentShape of(ByteBuffer object) {
        int from = object.arrayOffset() + object.position();
        DocumentShape shape = new DocumentShape(object.array(), from, from + object.remaining());
        shape.value(new JsonPointer(List.of()));
        return shape;
    }

    /** The longest lists of objects, at most five. */
    List<RecordList> lists() {
        return found.stream()
                .sorted(Comparator.comparingLong(RecordList::records).reversed())
                .limit(MOST_LISTS)
                .toList();
    }

    /** How many columns it has as a table written by columns, {"a": [1, 2], "b": [3, 4]} or {"a": {"0": 1, "1": 2}, …}; 0 if it is none. */
    int columns() {
        if (members.size() < 2 || !found.isEmpty()) {
            return 0;
        }
        Member first = members.getFirst();
        boolean isTable = (first.kind() == '[' || first.kind() == '0') && first.size() > 0;
        return isTable && members.stream().allMatch(first::equals) ? members.size() : 0;
    }

    /** Rows of the table that {@link #columns()} speaks of. */
    long rows() {
        return members.getFirst().size();
    }

    /**
     * @param path null inside of lists, where nothing is looked for
     * @return members or elements
     */
    private long value(@Nullable JsonPointer path) {
        switch (token()) {
            case '{' -> {
                return object(path);
            }
            case '[' -> {
                return list(path);
            }
            case '"' -> text();
            default -> word();
        }
        return 0;
    }

    private long object(@Nullable JsonPointer path) {
        at++;
        long count = 0;
        while (token() == '"') {
            count++;
            int name = at + 1;
            text();
            int nameEnd = at - 1;
            if (token() != ':') {
                return count;
            }
            at++;
            member(path, name, nameEnd);
            if (token() == ',') {
                at++;
            }
        }
        at++;
        return count;
    }

    private void member(@Nullable JsonPointer path, int name, int nameEnd) {
        int kind = token() == '{' && isCountedFromZero() ? '0' : token();
        long size = value(path == null ? null : child(path, name, nameEnd));
        if (path != null && path.segments().isEmpty()) {
            members.add(new Member(kind, size));
        }
    }

    private boolean isCountedFromZero() {
        return new String(bytes, at, Math.min(4, end - at), StandardCharsets.ISO_8859_1).equals("{\"0\"");
    }

    private long list(@Nullable JsonPointer path) {
        at++;
        long count = 0;
        boolean hasOthers = false;
        for (int next = token(); next != ']' && next != 0; next = token()) {
            if (next == ',') {
                at++;
                continue;
            }
            count++;
            hasOthers |= next != '{';
            value(null);
        }
        at++;
        if (path != null && count > 0 && !hasOthers) {
            found.add(new RecordList(path.text(), count));
        }
        return count;
    }

    /** Null when the name cannot be used in an address: very long, or not valid text. */
    private @Nullable JsonPointer child(JsonPointer path, int from, int to) {
        if (to - from > MAX_NAME_BYTES) {
            return null;
        }
        String name = JsonText.decode(bytes, from, to, true);
        boolean isText =
                name.indexOf(0) < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(name);
        return isText ? path.child(name) : null;
    }

    private void text() {
        at++;
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private void word() {
        while (at < end && ",]} \t\r\n".indexOf(bytes[at]) < 0) {
            at++;
        }
    }

    /** The next byte that is no space; 0 at the end. */
    private int token() {
        while (at < end && bytes[at] >= 0 && bytes[at] <= ' ') {
            at++;
        }
        return at < end ? bytes[at] : 0;
    }
}
