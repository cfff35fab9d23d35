package dev.datapipeline.results;

import dev.datapipeline.results.export.ResultFormat;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.store.failure.RecordQuery;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names files by what is in them, such as {@code review-scoring-7f3a1c2d-failed-records.csv}. */
final class ResultFileName {
    private static final int LONGEST_NAME = 60;
    private static final int ID_LENGTH = 8;
    private static final Pattern ACCENT = Pattern.compile("\\p{M}+");
    private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");

    private ResultFileName() {}

    /** Letters, digits, hyphens and one dot: a name that every system takes, and a header needs no escapes for. */
    static String of(Run run, RecordQuery query, String view, ResultFormat format) {
        return String.join("-", name(run.name), run.id.toString().substring(0, ID_LENGTH), selection(query, view)) + "."
                + format.extension();
    }

    private static String name(String text) {
        String letters = ACCENT.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        String name = trimmed(OTHER.matcher(letters).replaceAll("-"));
        return name.isEmpty() ? "run" : trimmed(name.substring(0, Math.min(LONGEST_NAME, name.length())));
    }

    private static String trimmed(String name) {
        int start = name.startsWith("-") ? 1 : 0;
        int end = name.length() - (name.length() > start && name.endsWith("-") ? 1 : 0);
        return name.substring(start, end);
    }

    private static String selection(RecordQuery query, String view) {
        String state =
                query.filter() == RecordFilter.ALL ? "" : query.filter().name().toLowerCase(Locale.ROOT) + "-";
        return state + view + (query.isSearch() ? "-found" : "");
    }
}
