package dev.datapipeline.results;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.results.scan.RecordRange;
import dev.datapipeline.run.store.failure.RecordQuery;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** Which part of a list of records is meant. */
public final class RecordListParameters {
    /** Bytes that one search request scans: done in a moment, and more than a person reads. */
    private static final long BYTES_OF_A_SEARCH = 64L * 1024 * 1024;

    @RestQuery
    @DefaultValue("0")
    @Min(0)
    @Parameter(description = "How many matching records to leave out; not in a search")
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

    /** @throws ProblemException INVALID_PARAMETER */
    RecordRange range(RecordQuery query) {
        if (query.isSearch() && offset > 0) {
            throw ProblemException.invalidParameter("offset", "is not allowed in a search; use \"from\" instead");
        }
        return new RecordRange(from, offset, limit, query.isSearch() ? BYTES_OF_A_SEARCH : Long.MAX_VALUE);
    }
}
