package dev.datapipeline.dataset.ingest.format;

import dev.datapipeline.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/**
 * A position in a JSON document (RFC 6901).
 *
 * @param segments names of members and indexes of elements on the way down; none for the document itself
 */
public record JsonPointer(List<String> segments) {
    private static final int LONGEST = 2_000;
    private static final int MAX_SEGMENTS = 100;

    public JsonPointer {
        segments = List.copyOf(segments);
    }

    /** @throws ProblemException INVALID_PARAMETER for what is no JSON Pointer */
    public static JsonPointer parse(String text) {
        if (text.length() > LONGEST) {
            throw invalid();
        }
        if (!text.isEmpty() && text.charAt(0) != '/' || !isWellFormed(text)) {
            throw invalid();
        }
        List<String> segments = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String segment : text.substring(1).split("/", -1)) {
                segments.add(segment.replace("~1", "/").replace("~0", "~"));
            }
        }
        if (segments.size() > MAX_SEGMENTS) {
            throw invalid();
        }
        return new JsonPointer(segments);
    }

    private static boolean isWellFormed(String text) {
        for (int tilde = text.indexOf('~'); tilde >= 0; tilde = text.indexOf('~', tilde + 1)) {
            if (tilde + 1 == text.length() || "01".indexOf(text.charAt(tilde + 1)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static ProblemException invalid() {
        return ProblemException.invalidParameter(
                "records",
                "must be a JSON Pointer (RFC 6901) to the list of records, such as /features or /result/items");
    }

    public JsonPointer child(String segment) {
        List<String> longer = new ArrayList<>(segments);
        longer.add(segment);
        return new JsonPointer(longer);
    }

    /** The first {@code count} steps. */
    public JsonPointer head(int count) {
        return new JsonPointer(segments.subList(0, count));
    }

    /** As it is written, empty for the document itself. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (String segment : segments) {
            text.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }
}
