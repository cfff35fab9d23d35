package dev.datapipeline.results.scan;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.result.SkipReason;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.store.batch.BatchOutcome;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.run.store.failure.RecordQuery;
import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.sandbox.engine.ScriptError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decides for each record whether it is wanted: because it matches a query, or because it has a result and does not. Not thread-safe. */
final class RecordSearch {
    private final RecordQuery query;
    private final boolean isForOthers;
    private final ObjectReader errors;
    private final ObjectReader texts;
    private final @Nullable JsonTextMatcher text;

    private RecordSearch(RecordQuery query, ObjectReader errors, boolean isForOthers) {
        this.query = query;
        this.errors = errors;
        this.isForOthers = isForOthers;
        this.texts = errors.forType(String.class);
        this.text = query.text() == null ? null : new JsonTextMatcher(query.text());
    }

    static RecordSearch matching(RecordQuery query, ObjectReader errors) {
        return new RecordSearch(query, errors, false);
    }

    /** Finds the finished records that do not match the query. */
    static RecordSearch others(RecordQuery query, ObjectReader errors) {
        return new RecordSearch(query, errors, true);
    }

    /** The maximum number of matches in the batch; exact unless the query is a search. */
    int mostIn(BatchRow row) {
        return row.count(isForOthers ? RecordFilter.ALL : query.filter());
    }

    BatchFailures failures(BatchRow row) {
        return new BatchFailures(row, errors, query.asksForCause());
    }

    boolean wants(BatchFailures failures, RecordLines raw, ResultReader result) throws IOException {
        return matches(failures, raw, result) != isForOthers;
    }

    /** Whether a record without a valid result is wanted: pending, cancelled, or failed with its whole batch. */
    boolean wants(BatchRow row, RecordLines raw) throws IOException {
        return isForOthers ? row.error() != null && !matches(row, raw) : matches(row, raw);
    }

    private boolean matches(BatchFailures failures, RecordLines raw, ResultReader result) throws IOException {
        RecordStatus status = result.status();
        if (!query.matches(RecordFilter.valueOf(status.name()))) {
            return false;
        }
        if (query.asksForCause() && (status != RecordStatus.FAILED || !failures.matches(query))) {
            return false;
        }
        if (query.reason() != null && !isSkippedFor(query.reason(), result)) {
            return false;
        }
        return text == null || contains(text, raw, result);
    }

    private boolean matches(BatchRow row, RecordLines raw) throws IOException {
        if (query.reason() != null || !query.matches(row.standingWithoutResult())) {
            return false;
        }
        BatchOutcome.Broken error = row.error();
        if (query.asksForCause()) {
            FailureCauseId cause = error == null ? null : error.cause();
            if (cause == null || !query.matches(cause, cause.id())) {
                return false;
            }
        }
        return text == null || contains(text, raw, error);
    }

    private boolean isSkippedFor(String reason, ResultReader result) throws IOException {
        return result.status() == RecordStatus.SKIPPED
                && reason.equals(SkipReason.of(result, texts).id());
    }

    private boolean contains(JsonTextMatcher wanted, RecordLines raw, ResultReader result) throws IOException {
        wanted.begin();
        raw.writeRecord(wanted);
        for (int i = 0; i < result.values() && !wanted.isFound(); i++) {
            wanted.separate();
            result.writeValue(i, raw, wanted);
        }
        if (!wanted.isFound() && result.status() == RecordStatus.SKIPPED) {
            wanted.separate();
            result.writeDetail(wanted);
        }
        if (!wanted.isFound() && result.status() == RecordStatus.FAILED) {
            ScriptError error = error(result);
            wanted.text(error.type() + ": " + error.message());
        }
        return wanted.isFound();
    }

    private static boolean contains(JsonTextMatcher wanted, RecordLines raw, BatchOutcome.@Nullable Broken error)
            throws IOException {
        wanted.begin();
        raw.writeRecord(wanted);
        if (!wanted.isFound() && error != null) {
            wanted.text(error.code() + ": " + error.message());
        }
        return wanted.isFound();
    }

    private ScriptError error(ResultReader result) throws IOException {
        ByteArrayOutputStream detail = new ByteArrayOutputStream();
        result.writeDetail(detail);
        return errors.readValue(detail.toByteArray());
    }
}
