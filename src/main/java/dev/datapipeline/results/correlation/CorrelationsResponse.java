package dev.datapipeline.results.correlation;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a group have and others have not.
 *
 * @param group records of the group that were read
 * @param others other finished records that were read
 */
@Schema(name = "Correlations")
public record CorrelationsResponse(
        @Schema(description = "Records of the group that were read: all of them, or a sample of up to 10,000")
        long group,

        @Schema(description = "Other finished records that were read: all of them, or a sample of up to 10,000")
        long others,

        @Schema(description = "What most of the group have and most others have not, the most telling first")
        List<CorrelationResponse> items) {
    static CorrelationsResponse of(long group, long others, List<Correlation> best) {
        return new CorrelationsResponse(
                group, others, best.stream().map(CorrelationsResponse::response).toList());
    }

    private static CorrelationResponse response(Correlation found) {
        Trait trait = found.trait();
        return new CorrelationResponse(
                found.path(), trait.kind(), trait.value(), trait.to(), found.group(), found.others());
    }

    @Schema(name = "Correlation")
    record CorrelationResponse(
            @Schema(description = "Name of the field, after the names of the objects that it is in")
            List<String> path,

            TraitKind kind,

            @Schema(
                    description =
                            "The value as JSON, the type, the pattern (9 for digits, a for letters), the bound of a number or of a length")
            @Nullable
            String value,

            @Schema(description = "The upper bound of a range") @Nullable
            String to,

            @Schema(description = "How many of the group have it")
            long group,

            @Schema(description = "How many of the others have it")
            long others) {}
}
