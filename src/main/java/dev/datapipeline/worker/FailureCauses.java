package dev.datapipeline.worker;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.run.FailureCause;
import dev.datapipeline.sandbox.ScriptError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Groups the failed records of a batch by cause while they stream by: same step, stage, type, place and masked message. */
final class FailureCauses {
    private static final int MOST_CAUSES = 100;
    private static final int MOST_EXAMPLES = 5;
    private static final String VARIOUS = "(various)";
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern ENGINE_CODE = Pattern.compile("[A-Z_]+");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final ObjectReader reader;
    private final IntToLongFunction index;
    private final Map<Key, Group> groups = new LinkedHashMap<>();

    /**
     * @param reader of {@link ScriptError}
     * @param index of a record in the dataset by its position in what the sandbox was given
     */
    FailureCauses(ObjectReader reader, IntToLongFunction index) {
        this.reader = reader;
        this.index = index;
    }

    private record Key(
            @Nullable String step,
            @Nullable String stage,
            String type,
            String message,
            @Nullable String script,
            @Nullable Integer line) {}

    private static final class Group {
        final List<Long> examples = new ArrayList<>();
        int records;
    }

    void add(int position, ByteBuffer error) throws IOException {
        byte[] json = new byte[error.remaining()];
        error.get(json);
        ScriptError read = reader.readValue(json);
        Group group = groups.computeIfAbsent(key(read), absent -> new Group());
        group.records++;
        if (group.examples.size() < MOST_EXAMPLES) {
            group.examples.add(index.applyAsLong(position));
        }
    }

    /** Beyond so many causes records are told apart by their type only, and beyond twice as many not at all. */
    private Key key(ScriptError error) {
        Key exact = new Key(error.step(), error.stage(), error.type(), message(error), error.script(), error.line());
        if (groups.size() < MOST_CAUSES || groups.containsKey(exact)) {
            return exact;
        }
        Key byType = new Key(error.step(), error.stage(), error.type(), VARIOUS, null, null);
        if (groups.size() < 2 * MOST_CAUSES || groups.containsKey(byType)) {
            return byType;
        }
        return new Key(null, null, VARIOUS, VARIOUS, null, null);
    }

    List<FailureCause> list() {
        List<FailureCause> causes = new ArrayList<>();
        groups.forEach((key, group) -> causes.add(new FailureCause(
                key.step, key.stage, key.type, key.message, key.script, key.line, group.records, group.examples)));
        return causes;
    }

    /** What the engine says itself is the same for every record already. */
    private static String message(ScriptError error) {
        return ENGINE_CODE.matcher(error.type()).matches() ? error.message() : mask(error.message());
    }

    /** Takes out of a message what differs from record to record; a message that is nothing but a quoted name (KeyError) stays. */
    static String mask(String message) {
        String first = message.lines().findFirst().orElse("");
        if (QUOTED.matcher(first).matches()) {
            return first;
        }
        return NUMBER.matcher(QUOTED.matcher(first).replaceAll("'…'")).replaceAll("…");
    }
}
