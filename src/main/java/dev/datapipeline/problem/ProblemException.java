package dev.datapipeline.problem;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request that cannot be served, because of what it says or because of the current state. */
public final class ProblemException extends RuntimeException {
    private final ProblemType type;
    private final List<FieldError> errors;
    private final @Nullable Position position;
    private final @Nullable Duration retryAfter;
    private final @Nullable UUID environment;

    /** @param detail what happened and what to do about it; shown to the client as it is */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), null, null, null);
    }

    public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
        this(type, detail, errors, null, null, null);
    }

    public ProblemException(ProblemType type, String detail, @Nullable Position position) {
        this(type, detail, List.of(), position, null, null);
    }

    private ProblemException(
            ProblemType type,
            String detail,
            List<FieldError> errors,
            @Nullable Position position,
            @Nullable Duration retryAfter,
            @Nullable UUID environment) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.position = position;
        this.retryAfter = retryAfter;
        this.environment = environment;
    }

    /** The usual answer for an id that does not exist or is malformed; never tells the two apart. */
    public static ProblemException notFound(String what) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such " + what + ".");
    }

    /**
     * @param pointer of the value, as a JSON Pointer (RFC 6901)
     * @param message what is wrong and what to do about it
     */
    public static ProblemException invalidField(ProblemType type, String pointer, String message) {
        return new ProblemException(type, message, List.of(new FieldError(pointer, message)));
    }

    public static ProblemException invalidParameter(String name, String message) {
        return new ProblemException(
                ProblemType.INVALID_PARAMETER, "The query parameter \"" + name + "\" " + message + ".");
    }

    /** The same problem, with a hint when to try again; whole seconds. */
    public ProblemException retryAfter(Duration wait) {
        return new ProblemException(type, detail(), errors, position, wait, environment);
    }

    public ProblemException withErrors(List<FieldError> found) {
        return new ProblemException(type, detail(), found, position, retryAfter, environment);
    }

    /** The same problem, naming the environment that it is about. */
    public ProblemException withEnvironment(UUID id) {
        return new ProblemException(type, detail(), errors, position, retryAfter, id);
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    public @Nullable Position position() {
        return position;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public @Nullable UUID environment() {
        return environment;
    }
}
