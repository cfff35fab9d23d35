package dev.datapipeline.dataset.ingest.format;

import dev.datapipeline.json.JsonText;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts which top-level fields the records have and of which types, for the first thousand names. */
public final class FieldSummary {
    private static final int MAX_FIELDS = 1_000;
    private static final int MAX_NAME_BYTES = 1_000;

    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Field beforeFirst = new Field("", new byte[0]);
    private final Field uncounted = new Field("", new byte[0]);
    private Field last = beforeFirst;

    /** A field. It is looked up before its value is read; its type is counted after. */
    public static final class Field {
        private final String name;
        private final byte[] rawName;
        private @Nullable Field follower;
        private long present;
        private final Set<JsonType> types = EnumSet.noneOf(JsonType.class);

        private Field(String name, byte[] rawName) {
            this.name = name;
            this.rawName = rawName;
        }

        public void count(JsonType type) {
            present++;
            types.add(type);
        }

        private boolean isWritten(byte[] bytes, int from, int to) {
            return Arrays.equals(rawName, 0, rawName.length, bytes, from, to);
        }

        private DatasetField summary() {
            return new DatasetField(name, List.copyOf(types), present);
        }
    }

    public void beginRecord() {
        last = beforeFirst;
    }

    /** The field of this name: nearly always the one that followed the previous field in an earlier record. */
    public Field find(byte[] bytes, int from, int to, boolean escaped) {
        Field expected = last.follower;
        if (expected == null || !expected.isWritten(bytes, from, to)) {
            expected = lookUp(bytes, from, to, escaped);
            last.follower = expected;
        }
        last = expected;
        return expected;
    }

    private Field lookUp(byte[] bytes, int from, int to, boolean escaped) {
        if (to - from > MAX_NAME_BYTES) {
            return uncounted;
        }
        String name = JsonText.decode(bytes, from, to, escaped);
        Field known = fields.get(name);
        if (known != null) {
            return known;
        }
        if (fields.size() == MAX_FIELDS) {
            return uncounted;
        }
        Field added = new Field(name, Arrays.copyOfRange(bytes, from, to));
        fields.put(name, added);
        return added;
    }

    public List<DatasetField> fields() {
        return fields.values().stream().map(Field::summary).toList();
    }
}
