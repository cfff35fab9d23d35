package dev.datapipeline.run.store.failure;

import dev.datapipeline.result.FailureCauseId;
import java.util.List;

/**
 * @param id of the cause
 * @param examples indexes of some of the records
 * @param recordsOfParts how many are in each part of the input, in its order
 */
public record FailureGroup(
        String id,
        FailureCauseId cause,
        long records,
        long firstRecord,
        List<Long> examples,
        List<Long> recordsOfParts) {
    public FailureGroup {
        examples = List.copyOf(examples);
        recordsOfParts = List.copyOf(recordsOfParts);
    }
}
