package dev.datapipeline.results;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.results.scan.RecordRange;
import dev.datapipeline.results.sort.SortColumn;
import dev.datapipeline.run.store.failure.RecordQuery;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which part of a list of records is meant. */
public final class RecordListParameters {
    /** Bytes that one search request scans: done in a moment, and more than a person reads. */
    private static final long BYTES_OF_A_SEARCH = 64L * 1024 * 1024;

    private static final int LONGEST_FIELD = 1_000;

    @RestQuery
    @DefaultValue("0")
    @Min(0)
    @Parameter(description = "How many matching records to leave out; in a search with sortBy only")
    long offset;

    @RestQuery
    @DefaultValue("50")
    @Min(1)
    @Max(1000)
    int limit;

    @RestQuery
    @DefaultValue("0")
    @Min(0)
    @Parameter(description = "Index of the first record to look at: 0, or the nextFrom of an answer")
    long from;

    @RestQuery
    @Parameter(
            description =
                    "Sorts by this field of the last value, or by _index, _status or _error; null and missing values are last. Of up to"
                            + " 1,000,000 records, with offset and not with from.")
    @Nullable
    String sortBy;

    @RestQuery
    @Parameter(description = "Without it, asc; with sortBy only", schema = @Schema(enumeration = {"asc", "desc"}))
    @Nullable
    String order;

    /**
     * What the list is sorted by; null for the order of the input.
     *
     * @throws ProblemException INVALID_PARAMETER
     */
    @Nullable
    SortColumn sort() {
        if (order != null && !order.equals("asc") && !order.equals("desc")) {
            throw ProblemException.invalidParameter("order", "must be one of asc, desc");
        }
        if (sortBy == null) {
            if (order != null) {
                throw ProblemException.invalidParameter("order", "is allowed with sortBy only");
            }
            return null;
        }
        if (sortBy.length() > LONGEST_FIELD) {
            throw ProblemException.invalidParameter(
                    "sortBy", "must be at most %d characters long".formatted(LONGEST_FIELD));
        }
        if (from > 0) {
            throw ProblemException.invalidParameter("from", "is not allowed with sortBy; use \"offset\" instead");
        }
        return new SortColumn(sortBy, "desc".equals(order));
    }

    /** @throws ProblemException INVALID_PARAMETER */
    RecordRange range(RecordQuery query) {
        if (query.isSearch() && offset > 0 && sortBy == null) {
            throw ProblemException.invalidParameter("offset", "is not allowed in a search; use \"from\" instead");
        }
        return new RecordRange(from, offset, limit, query.isSearch() ? BYTES_OF_A_SEARCH : Long.MAX_VALUE);
    }
}
