package dev.datapipeline.result;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.sandbox.engine.ScriptError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the cause of each failed record of one batch. For the same failed results in the same order it always finds the same causes, so that
 * readers find the causes that were counted when the batch ended. Not thread-safe.
 */
public final class FailureGrouping {
    private static final int MOST_CAUSES = 100;
    private static final String VARIOUS = "(various)";

    private final ObjectReader reader;
    private final Map<FailureCauseId, String> ids = new HashMap<>();
    private final ByteArrayOutputStream detail = new ByteArrayOutputStream();

    public FailureGrouping(ObjectReader reader) {
        this.reader = reader;
    }

    public FailureCauseId next(byte[] error) throws IOException {
        FailureCauseId key = key(FailureCauseId.of(reader.<ScriptError>readValue(error)));
        ids.computeIfAbsent(key, FailureCauseId::id);
        return key;
    }

    public FailureCauseId next(ResultReader results) throws IOException {
        detail.reset();
        results.writeDetail(detail);
        return next(detail.toByteArray());
    }

    public String id(FailureCauseId met) {
        return ids.computeIfAbsent(met, FailureCauseId::id);
    }

    /** Beyond so many causes, records are grouped by type only; beyond twice as many, all in one group. */
    private FailureCauseId key(FailureCauseId exact) {
        if (ids.size() < MOST_CAUSES || ids.containsKey(exact)) {
            return exact;
        }
        FailureCauseId byType = new FailureCauseId(exact.step(), exact.stage(), exact.type(), VARIOUS, null, null);
        if (ids.size() < 2 * MOST_CAUSES || ids.containsKey(byType)) {
            return byType;
        }
        return new FailureCauseId(null, null, VARIOUS, VARIOUS, null, null);
    }
}
