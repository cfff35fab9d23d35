package dev.datapipeline.results.sort;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.json.StoredJson;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.results.scan.ValuesInMemory;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.sandbox.engine.ScriptError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads the keys of records for one column. Not thread-safe. */
final class SortKeyReader implements RecordVisitor {
    static final int MOST_RECORDS = 1_000_000;

    private final SortColumn column;
    private final SortColumn.Kind kind;
    private final String field;
    private final ObjectReader errors;
    private final ValuesInMemory values;
    private final SortKeys keys = new SortKeys();

    /** @param errors reader of {@link ScriptError} */
    SortKeyReader(SortColumn column, ObjectReader errors, MemoryBudget budget) {
        this.column = column;
        this.kind = column.kind();
        this.field = column.field();
        this.errors = errors;
        this.values = new ValuesInMemory(budget);
    }

    long[] sorted() {
        return keys.sorted(column.isDescending());
    }

    @Override
    public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
        add(
                index,
                switch (kind) {
                    case INDEX -> SortKey.of(index);
                    case STATUS -> SortKey.of(result.status().name());
                    case ERROR -> reason(result);
                    case FIELD -> lastValue(raw, result);
                });
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
        add(
                index,
                switch (kind) {
                    case INDEX -> SortKey.of(index);
                    case STATUS -> SortKey.of(batch.standingWithoutResult().name());
                    case ERROR ->
                        batch.error() == null
                                ? SortKey.MISSING
                                : SortKey.of(batch.error().code() + ": "
                                        + batch.error().message());
                    case FIELD -> values.parse(raw.length(), raw::writeRecord, this::field);
                });
    }

    private void add(long index, byte[] key) {
        if (keys.count() == MOST_RECORDS) {
            throw new ProblemException(
                    ProblemType.OUT_OF_RANGE,
                    "More than %,d records cannot be sorted. Choose fewer, by status or by a search, or leave out sortBy."
                            .formatted(MOST_RECORDS));
        }
        keys.add(index, key);
    }

    private byte[] reason(ResultReader result) throws IOException {
        if (result.status() == RecordStatus.SUCCEEDED) {
            return SortKey.MISSING;
        }
        ByteArrayOutputStream detail = new ByteArrayOutputStream();
        result.writeDetail(detail);
        if (result.status() == RecordStatus.SKIPPED) {
            return SortKey.of(errors.forType(String.class).<String>readValue(detail.toByteArray()));
        }
        ScriptError error = errors.readValue(detail.toByteArray());
        return SortKey.of(error.type() + ": " + error.message());
    }

    private byte[] lastValue(RecordLines raw, ResultReader result) throws IOException {
        int last = result.values() - 1;
        return last < 0
                ? values.parse(raw.length(), raw::writeRecord, this::field)
                : values.parse(
                        result.valueLength(last, raw), target -> result.writeValue(last, raw, target), this::field);
    }

    /** The key of the field; of bytes that are not JSON, which older versions may have stored, none. */
    private byte[] field(byte[] object) throws IOException {
        try (JsonParser parser = StoredJson.NESTED.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isField = parser.currentName().equals(field);
                parser.nextToken();
                if (isField) {
                    return SortKey.of(parser);
                }
                parser.skipChildren();
            }
        } catch (JsonProcessingException stored) {
            return SortKey.MISSING;
        }
        return SortKey.MISSING;
    }
}
