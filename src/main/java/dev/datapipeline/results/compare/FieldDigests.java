package dev.datapipeline.results.compare;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.run.store.batch.BatchRow;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Digests of the fields of the last values of some records. Not thread-safe. */
final class FieldDigests implements RecordVisitor {
    private final long from;
    private final BitSet wanted;
    private final MeaningDigest digest;
    private final Map<Integer, Map<String, Long>> ofRecords = new HashMap<>();

    /**
     * @param from index of the record with number 0
     * @param wanted numbers of the records
     */
    FieldDigests(long from, BitSet wanted, MeaningDigest digest) {
        this.from = from;
        this.wanted = wanted;
        this.digest = digest;
    }

    /** By name; nothing for a record that has no result any more. */
    Map<String, Long> of(int number) {
        return ofRecords.getOrDefault(number, Map.of());
    }

    @Override
    public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
        int number = (int) (index - from);
        int last = result.values() - 1;
        if (wanted.get(number) && last >= 0) {
            ofRecords.put(
                    number,
                    digest.members(result.valueLength(last, raw), target -> result.writeValue(last, raw, target)));
        }
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) {
        // It has no value.
    }
}
