package dev.datapipeline.record;

import dev.datapipeline.csv.CsvWriter;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a table in the order in which they were met. A column is a key in a part of the record: the raw record, the value of a
 * stage, or the record itself, which has {@code error} and {@code skipped}.
 */
final class CsvColumns {
    private final List<Part> parts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private record Part(String prefix, Map<String, Integer> columns) {}

    /** @param prefixes of the names, one for each part; no name may be made of two of them */
    CsvColumns(List<String> prefixes) {
        for (String prefix : prefixes) {
            parts.add(new Part(prefix, new HashMap<>()));
        }
    }

    /** @throws ProblemException OUT_OF_RANGE for too many columns */
    void add(int part, String key) {
        Part place = parts.get(part);
        if (place.columns().putIfAbsent(key, names.size()) != null) {
            return;
        }
        names.add(place.prefix() + key);
        if (names.size() > CsvWriter.MAX_COLUMNS) {
            throw new ProblemException(
                    ProblemType.OUT_OF_RANGE,
                    "These results have more than %,d columns; take them as json or ndjson."
                            .formatted(CsvWriter.MAX_COLUMNS));
        }
    }

    int column(int part, String key) {
        Integer column = parts.get(part).columns().get(key);
        if (column == null) {
            throw new IllegalStateException("the second pass met other records than the first");
        }
        return column;
    }

    List<String> names() {
        return names;
    }
}
