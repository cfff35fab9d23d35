package dev.datapipeline.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457), the body of every error.
 *
 * @param type stable identifier of the kind of problem, a relative URI reference
 * @param title the same for every problem of a kind
 * @param detail what happened this time and what to do about it
 * @param instance path of the request
 * @param code the kind as a word, for programs
 * @param errors what is wrong in a JSON body, and where
 * @param position where an uploaded dataset is wrong
 * @param environment id of the environment that it is about
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,

        @Schema(implementation = String.class) ProblemType code,

        @Nullable List<FieldError> errors,
        @Nullable Position position,
        @Nullable UUID environment) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The header WWW-Authenticate of every 401 (RFC 9110). Browsers ask nobody for a password because of it. */
    public static final String CHALLENGE = "Bearer";

    public static Problem of(ProblemException cause, String instance) {
        return new Problem(
                cause.type().uri(),
                cause.type().title(),
                cause.type().status(),
                cause.detail(),
                instance,
                cause.type(),
                cause.errors(),
                cause.position(),
                cause.environment());
    }
}
