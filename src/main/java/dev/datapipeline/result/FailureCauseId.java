package dev.datapipeline.result;

import dev.datapipeline.database.StorableText;
import dev.datapipeline.sandbox.engine.ScriptError;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What failed records have in common: the place and the error. Texts are storable in PostgreSQL, so that an id read from a table equals the one
 * that was written.
 *
 * @param message with the varying parts masked
 */
public record FailureCauseId(
        @Nullable String step,
        @Nullable String stage,
        String type,
        String message,
        @Nullable String script,
        @Nullable Integer line) {
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern ENGINE_CODE = Pattern.compile("[A-Z_]+");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    public FailureCauseId {
        step = StorableText.of(step);
        stage = StorableText.of(stage);
        type = Objects.requireNonNull(StorableText.of(type));
        message = Objects.requireNonNull(StorableText.of(message));
        script = StorableText.of(script);
    }

    static FailureCauseId of(ScriptError error) {
        return new FailureCauseId(
                error.step(), error.stage(), error.type(), message(error), error.script(), error.line());
    }

    /** The cause of all records of a batch that failed as a whole. */
    public static FailureCauseId broken(String code, String message) {
        return new FailureCauseId(null, null, code, message, null, null);
    }

    /** A short stable name of the cause: 16 hexadecimal digits. */
    public String id() {
        return ShortId.of(step, stage, type, message, script, line);
    }

    /** Messages of the engine itself do not vary between records. */
    private static String message(ScriptError error) {
        return ENGINE_CODE.matcher(error.type()).matches() ? error.message() : mask(error.message());
    }

    /** Masks the parts of a message that vary between records. A message that is only a quoted name (KeyError) stays. */
    static String mask(String message) {
        String first = message.lines().findFirst().orElse("");
        if (QUOTED.matcher(first).matches()) {
            return first;
        }
        return NUMBER.matcher(QUOTED.matcher(first).replaceAll("'…'")).replaceAll("…");
    }
}
