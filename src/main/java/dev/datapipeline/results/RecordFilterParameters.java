package dev.datapipeline.results;

import dev.datapipeline.pipeline.Stage;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.store.failure.RecordQuery;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which records of a run are meant. */
public final class RecordFilterParameters {
    private static final int LONGEST_TEXT = 200;

    @RestQuery
    @Nullable
    RecordFilter status;

    @RestQuery
    @Parameter(description = "Records that failed in this step")
    @Nullable
    String step;

    @RestQuery
    @Parameter(
            description = "Records that failed in this stage of a step",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"pre", "main", "post"}))
    @Nullable
    String stage;

    @RestQuery
    @Parameter(description = "Records that failed with this type of error, such as KeyError")
    @Nullable
    String error;

    @RestQuery
    @Parameter(description = "Records that failed for this cause: the id of a failure")
    @Nullable
    String cause;

    @RestQuery
    @Parameter(description = "Records that were skipped for this reason: the id of a group of skipped records")
    @Nullable
    String reason;

    @RestQuery("q")
    @Parameter(
            description =
                    "Records in which this text stands: in the raw value, in the value of a stage, in the error or the reason."
                            + " Taken as it is, without regard to case; at most 200 characters.")
    @Nullable
    String text;

    /** @throws ProblemException INVALID_PARAMETER */
    RecordQuery query() {
        if (given(stage) != null
                && Stream.of(Stage.values()).noneMatch(known -> known.label().equals(stage))) {
            throw ProblemException.invalidParameter("stage", "must be one of pre, main, post");
        }
        if (text != null && text.length() > LONGEST_TEXT) {
            throw ProblemException.invalidParameter("q", "must be at most %d characters long".formatted(LONGEST_TEXT));
        }
        return new RecordQuery(
                standing(), given(step), given(stage), given(error), given(cause), given(reason), given(text));
    }

    private RecordFilter standing() {
        if (status != null) {
            return status;
        }
        // Batches without skipped records are passed over.
        return given(reason) == null ? RecordFilter.ALL : RecordFilter.SKIPPED;
    }

    /** Forms also send parameters that were left empty. */
    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
