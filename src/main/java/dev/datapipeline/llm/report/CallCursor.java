package dev.datapipeline.llm.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.llm.journal.CallHistory.PastCall;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A position in the list of calls, newest first: right after this call. Opaque to clients. */
@Schema(implementation = String.class)
public record CallCursor(long startedAt, String id) {
    private static final char SEPARATOR = ' ';
    private static final int LONGEST = 500;

    /** @throws IllegalArgumentException for anything that {@link #toString()} did not make */
    public static CallCursor fromString(String word) {
        if (word.length() > LONGEST) {
            throw new IllegalArgumentException("not a cursor");
        }
        String text = new String(Base64.getUrlDecoder().decode(word), UTF_8);
        int separator = text.indexOf(SEPARATOR);
        if (separator < 0) {
            throw new IllegalArgumentException("not a cursor");
        }
        return new CallCursor(Long.parseLong(text.substring(0, separator)), text.substring(separator + 1));
    }

    static CallCursor after(PastCall call) {
        return new CallCursor(call.origin().startedAt(), call.id());
    }

    boolean isBefore(PastCall call) {
        int byTime = Long.compare(call.origin().startedAt(), startedAt);
        return byTime < 0 || (byTime == 0 && call.id().compareTo(id) < 0);
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((startedAt + " " + id).getBytes(UTF_8));
    }
}
