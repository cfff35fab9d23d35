package dev.datapipeline.results.export.csv;

import dev.datapipeline.csv.CsvWriter;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of a table in the order of their first occurrence: each is a key in one part of a record. */
public final class CsvColumns {
    /** Characters of all names. They stay in memory until the download ends, and a script may make keys of megabytes. */
    static final int MOST_CHARACTERS = 1_000_000;

    private final List<Part> parts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private long characters;

    private record Part(String prefix, Map<String, Integer> columns) {}

    /** @param prefixes of the names, one for each part; no name may be made of two of them */
    CsvColumns(List<String> prefixes) {
        for (String prefix : prefixes) {
            parts.add(new Part(prefix, new HashMap<>()));
        }
    }

    /** @throws ProblemException OUT_OF_RANGE for too many columns, or too long names */
    void add(int part, String key) {
        Part place = parts.get(part);
        if (place.columns().putIfAbsent(key, names.size()) != null) {
            return;
        }
        names.add(place.prefix() + key);
        characters += place.prefix().length() + key.length();
        if (names.size() > CsvWriter.MAX_COLUMNS) {
            throw tooMany("more than %,d columns".formatted(CsvWriter.MAX_COLUMNS));
        }
        if (characters > MOST_CHARACTERS) {
            throw tooMany("names of columns with more than %,d characters together".formatted(MOST_CHARACTERS));
        }
    }

    private static ProblemException tooMany(String what) {
        return new ProblemException(
                ProblemType.OUT_OF_RANGE, "These results have " + what + "; take them as json or ndjson.");
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
