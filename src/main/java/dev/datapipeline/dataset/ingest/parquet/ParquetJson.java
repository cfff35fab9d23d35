package dev.datapipeline.dataset.ingest.parquet;

import dev.datapipeline.dataset.ingest.format.JsonType;
import dev.datapipeline.json.JsonLineBuilder;
import dev.hardwood.row.PqInterval;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.PqStruct;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes values of Parquet columns as JSON. Not thread-safe. */
final class ParquetJson {
    private final JsonLineBuilder line;
    private long notFinite;

    ParquetJson(JsonLineBuilder line) {
        this.line = line;
    }

    /** Numbers that JSON does not have: NaN and infinities, which were written as null. */
    long notFinite() {
        return notFinite;
    }

    /** Appends the value and returns its type in JSON. */
    JsonType append(@Nullable Object value) {
        return switch (value) {
            case null -> literal("null", JsonType.NULL);
            case Integer number -> literal(number.toString(), JsonType.INTEGER);
            case Long number -> literal(number.toString(), JsonType.INTEGER);
            case Boolean truth -> literal(truth.toString(), JsonType.BOOLEAN);
            case BigDecimal number ->
                literal(number.toPlainString(), number.scale() == 0 ? JsonType.INTEGER : JsonType.NUMBER);
            case Double number -> floating(number.toString(), Double.isFinite(number));
            case Float number -> floating(number.toString(), Float.isFinite(number));
            case PqStruct struct -> struct(struct);
            case PqMap map -> map(map);
            case PqList list -> list(list);
            case PqInterval interval -> interval(interval);
            default -> {
                line.appendString(text(value));
                yield JsonType.STRING;
            }
        };
    }

    private JsonType literal(String text, JsonType type) {
        line.appendAscii(text);
        return type;
    }

    private JsonType floating(String number, boolean isFinite) {
        if (!isFinite) {
            notFinite++;
            return literal("null", JsonType.NULL);
        }
        return literal(number, JsonType.NUMBER);
    }

    private static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case Instant time -> time.toString();
            case LocalDateTime time -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
            case LocalDate day -> day.toString();
            case LocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time);
            case UUID id -> id.toString();
            default -> throw ParquetProblem.invalid("a column has a type that is not read here, such as VARIANT");
        };
    }

    private JsonType struct(PqStruct struct) {
        line.append('{');
        for (int field = 0; field < struct.getFieldCount(); field++) {
            if (field > 0) {
                line.append(',');
            }
            line.appendString(struct.getFieldName(field));
            line.append(':');
            append(struct.getValue(field));
        }
        return literal("}", JsonType.OBJECT);
    }

    private JsonType list(PqList list) {
        line.append('[');
        for (int index = 0; index < list.size(); index++) {
            if (index > 0) {
                line.append(',');
            }
            append(list.get(index));
        }
        return literal("]", JsonType.ARRAY);
    }

    /** An object where all keys are texts; of a key that is there twice the last value counts. Else a list of keys and values. */
    private JsonType map(PqMap map) {
        Map<String, PqMap.Entry> object = new LinkedHashMap<>();
        for (PqMap.Entry entry : map.getEntries()) {
            if (!(entry.getKey() instanceof String key)) {
                return pairs(map);
            }
            object.put(key, entry);
        }
        line.append('{');
        boolean isFirst = true;
        for (Map.Entry<String, PqMap.Entry> member : object.entrySet()) {
            line.appendAscii(isFirst ? "" : ",");
            line.appendString(member.getKey());
            line.append(':');
            append(member.getValue().getValue());
            isFirst = false;
        }
        return literal("}", JsonType.OBJECT);
    }

    private JsonType pairs(PqMap map) {
        line.append('[');
        boolean isFirst = true;
        for (PqMap.Entry entry : map.getEntries()) {
            line.appendAscii(isFirst ? "{\"key\":" : ",{\"key\":");
            append(entry.getKey());
            line.appendAscii(",\"value\":");
            append(entry.getValue());
            line.append('}');
            isFirst = false;
        }
        return literal("]", JsonType.ARRAY);
    }

    private JsonType interval(PqInterval interval) {
        return literal(
                "{\"months\":%d,\"days\":%d,\"milliseconds\":%d}"
                        .formatted(interval.months(), interval.days(), interval.milliseconds()),
                JsonType.OBJECT);
    }
}
