package dev.datapipeline.dataset.ingest.csv;

import dev.datapipeline.csv.CsvWriter;
import dev.datapipeline.dataset.ingest.format.FieldSummary;
import dev.datapipeline.dataset.ingest.input.UploadBuffer;
import dev.datapipeline.json.JsonLineBuilder;
import dev.datapipeline.json.JsonText;
import dev.datapipeline.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The first line of a table: the names of its columns. */
final class CsvHeader {
    private static final int MAX_SHOWN = 10;

    private final UploadBuffer buffer;
    private final JsonLineBuilder line;
    private final CsvValues values;

    /** A column: its name as a JSON string with a colon, and the field of the summary. */
    record Column(byte[] opening, FieldSummary.Field field) {}

    /**
     * The content of the header line.
     *
     * @param columns those that become fields
     * @param unnamed columns after these that have no name; they have to be empty
     * @param notes what is unusual about it
     * @param repeated the record that the same line would be as a line of the table
     */
    record Content(List<Column> columns, int unnamed, List<String> notes, byte[] repeated) {
        /** Whether the names contain a character that often separates columns. */
        boolean holdsSeparator() {
            String names = new String(repeated, StandardCharsets.UTF_8);
            return names.contains(";") || names.contains("|") || names.contains("\\t");
        }
    }

    CsvHeader(UploadBuffer buffer, JsonLineBuilder line, CsvValues values) {
        this.buffer = buffer;
        this.line = line;
        this.values = values;
    }

    Content read(FieldSummary summary) {
        List<byte[]> names = new ArrayList<>();
        do {
            line.clear();
            values.next();
            names.add(line.toByteArray());
            if (names.size() > CsvWriter.MAX_COLUMNS) {
                throw values.invalid("A CSV file has at most " + CsvWriter.MAX_COLUMNS + " columns.");
            }
        } while (values.passSeparator());
        rejectTwins(names);
        int named = named(names);
        List<String> notes = notes(names, named);
        values.endLine();
        List<Column> columns = names.subList(0, named).stream()
                .map(name -> column(name, summary))
                .toList();
        return new Content(columns, names.size() - named, notes, repeated(names.subList(0, named)));
    }

    private void rejectTwins(List<byte[]> names) {
        Map<String, Integer> columns = new HashMap<>();
        for (int index = 0; index < names.size(); index++) {
            String name = text(names.get(index));
            Integer earlier = columns.putIfAbsent(name, index);
            if (earlier != null && !name.isEmpty()) {
                throw buffer.problem(
                        ProblemType.DUPLICATE_KEY,
                        "The header names the columns %d and %d both \"%s\". Rename one of the two."
                                .formatted(earlier + 1, index + 1, shown(name)));
            }
        }
    }

    /** Number of columns that become fields. A single column may have no name; of several, unnamed ones must all stand at the end. */
    private int named(List<byte[]> names) {
        List<Integer> unnamed = unnamed(names);
        if (unnamed.size() <= 1) {
            return names.size();
        }
        if (unnamed.size() == names.size()) {
            throw values.invalid("The first line holds " + (names.size() - 1)
                    + " separators and nothing else. Begin the file with the names of the columns.");
        }
        int last = names.size();
        while (isUnnamed(names.get(last - 1))) {
            last--;
        }
        if (unnamed.getFirst() < last) {
            throw values.invalid("The header has no name for the columns " + numbers(unnamed)
                    + ". Name them; only empty columns at the end may go without a name.");
        }
        return last;
    }

    private List<String> notes(List<byte[]> names, int named) {
        if (named < names.size()) {
            return List.of("The last %d columns have no name and no value; they were left out."
                    .formatted(names.size() - named));
        }
        List<Integer> unnamed = unnamed(names);
        if (unnamed.isEmpty() || names.size() == 1) {
            return List.of();
        }
        return List.of("Column %s has no name; its values stand under the empty name.".formatted(numbers(unnamed)));
    }

    private static List<Integer> unnamed(List<byte[]> names) {
        List<Integer> unnamed = new ArrayList<>();
        for (int index = 0; index < names.size(); index++) {
            if (isUnnamed(names.get(index))) {
                unnamed.add(index);
            }
        }
        return unnamed;
    }

    private static String numbers(List<Integer> columns) {
        List<String> first = columns.stream()
                .limit(MAX_SHOWN)
                .map(index -> String.valueOf(index + 1))
                .toList();
        return String.join(", ", first) + (columns.size() > MAX_SHOWN ? ", …" : "");
    }

    private static boolean isUnnamed(byte[] name) {
        return name.length == 2;
    }

    private static Column column(byte[] name, FieldSummary summary) {
        JsonLineBuilder opening = new JsonLineBuilder();
        opening.append(name);
        opening.append(':');
        return new Column(opening.toByteArray(), summary.find(name, 1, name.length - 1, true));
    }

    private static byte[] repeated(List<byte[]> names) {
        JsonLineBuilder record = new JsonLineBuilder();
        for (byte[] name : names) {
            record.append(record.length() == 0 ? '{' : ',');
            record.append(name);
            record.append(':');
            record.append(name);
        }
        record.append('}');
        return record.toByteArray();
    }

    private static String text(byte[] name) {
        return JsonText.decode(name, 1, name.length - 1, true);
    }

    /** Names are text of the client: shown without invisible characters, and shortened. */
    private static String shown(String name) {
        String visible = name.replaceAll("\\p{C}", "");
        return visible.length() <= 100 ? visible : visible.substring(0, 100) + "…";
    }
}
