package dev.datapipeline.worker;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.result.CauseGroups;
import dev.datapipeline.result.CauseKey;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.ResultCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/** Counts the failed records of a batch by cause while they stream by, in order. */
final class FailureCauses {
    private static final int MOST_EXAMPLES = 5;

    private final CauseGroups causes;
    private final IntToLongFunction index;
    private final Map<CauseKey, Group> groups = new LinkedHashMap<>();

    /**
     * @param reader of {@link dev.datapipeline.engine.ScriptError}
     * @param index of a record in the dataset by its position in what the sandbox was given
     */
    FailureCauses(ObjectReader reader, IntToLongFunction index) {
        this.causes = new CauseGroups(reader);
        this.index = index;
    }

    private static final class Group {
        final List<Long> examples = new ArrayList<>();
        int records;
    }

    void add(int position, ByteBuffer error) throws IOException {
        byte[] json = new byte[error.remaining()];
        error.get(json);
        add(position, causes.next(json));
    }

    /** The failed record at which the cursor stands. */
    void add(ResultCursor failed) throws IOException {
        add(failed.position(), causes.next(failed));
    }

    private void add(int position, CauseKey key) {
        Group group = groups.computeIfAbsent(key, absent -> new Group());
        group.records++;
        if (group.examples.size() < MOST_EXAMPLES) {
            group.examples.add(index.applyAsLong(position));
        }
    }

    List<FailureCause> list() {
        List<FailureCause> list = new ArrayList<>();
        groups.forEach((key, group) -> list.add(new FailureCause(key, group.records, group.examples)));
        return list;
    }
}
