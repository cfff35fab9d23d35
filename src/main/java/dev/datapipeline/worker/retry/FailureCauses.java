package dev.datapipeline.worker.retry;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.FailureGrouping;
import dev.datapipeline.result.ResultReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/** Counts the failed records of a batch by cause while they are streamed in order. */
public final class FailureCauses {
    private static final int MAX_EXAMPLES = 5;

    private final FailureGrouping causes;
    private final IntToLongFunction index;
    private final Map<FailureCauseId, Group> groups = new LinkedHashMap<>();

    /**
     * @param reader of {@link dev.datapipeline.sandbox.engine.ScriptError}
     * @param index of a record in the dataset by its position in what the sandbox was given
     */
    public FailureCauses(ObjectReader reader, IntToLongFunction index) {
        this.causes = new FailureGrouping(reader);
        this.index = index;
    }

    private static final class Group {
        final List<Long> examples = new ArrayList<>();
        int records;
    }

    public void add(int position, ByteBuffer error) throws IOException {
        byte[] json = new byte[error.remaining()];
        error.get(json);
        add(position, causes.next(json));
    }

    public void add(ResultReader failed) throws IOException {
        add(failed.position(), causes.next(failed));
    }

    private void add(int position, FailureCauseId key) {
        Group group = groups.computeIfAbsent(key, absent -> new Group());
        group.records++;
        if (group.examples.size() < MAX_EXAMPLES) {
            group.examples.add(index.applyAsLong(position));
        }
    }

    public List<FailureCause> list() {
        List<FailureCause> list = new ArrayList<>();
        groups.forEach((key, group) -> list.add(new FailureCause(key, group.records, group.examples)));
        return list;
    }
}
