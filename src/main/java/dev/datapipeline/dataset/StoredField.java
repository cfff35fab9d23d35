package dev.datapipeline.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.datapipeline.dataset.ingest.format.DatasetField;
import dev.datapipeline.dataset.ingest.format.JsonType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field as the row of its dataset stores it. PostgreSQL can store neither NUL nor half of a surrogate pair, not even as an escape.
 *
 * @param name with U+FFFD instead of what the database cannot store
 * @param json the exact name as a JSON string; null if {@code name} is exact
 * @param present number of records that have the field
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredField(String name, @Nullable String json, List<JsonType> types, long present) {
    private static final char REPLACEMENT = '\uFFFD';

    static StoredField of(DatasetField field) {
        String storable = storable(field.name());
        boolean isExact = storable.equals(field.name());
        return new StoredField(storable, isExact ? null : quoted(field.name()), field.types(), field.present());
    }

    String exactName() {
        return json == null ? quoted(name) : json;
    }

    private static String storable(String name) {
        StringBuilder storable = new StringBuilder(name.length());
        name.codePoints()
                .forEach(character -> storable.appendCodePoint(isStorable(character) ? character : REPLACEMENT));
        return storable.toString();
    }

    private static String quoted(String name) {
        StringBuilder quoted = new StringBuilder(name.length() + 2).append('"');
        new String(JsonStringEncoder.getInstance().quoteAsString(name))
                .codePoints()
                .forEach(character -> append(character, quoted));
        return quoted.append('"').toString();
    }

    private static void append(int character, StringBuilder quoted) {
        if (isStorable(character)) {
            quoted.appendCodePoint(character);
        } else {
            quoted.append("\\u%04x".formatted(character));
        }
    }

    private static boolean isStorable(int character) {
        return character != 0 && Character.getType(character) != Character.SURROGATE;
    }
}
