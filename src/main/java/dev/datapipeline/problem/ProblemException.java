package dev.datapipeline.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client did something that cannot be served, or met a state that does not allow it. */
public final class ProblemException extends RuntimeException {
    private final ProblemType type;
    private final List<FieldError> errors;
    private final @Nullable Position position;

    /** @param detail what happened and what to do about it; shown to the client as it is */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), null);
    }

    public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
        this(type, detail, errors, null);
    }

    public ProblemException(ProblemType type, String detail, Position position) {
        this(type, detail, List.of(), position);
    }

    private ProblemException(ProblemType type, String detail, List<FieldError> errors, @Nullable Position position) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.position = position;
    }

    /** The usual answer for an id that does not exist (or is none): never tells the two apart. */
    public static ProblemException notFound(String what) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such " + what + ".");
    }

    public ProblemType type() {
        return type;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public @Nullable Position position() {
        return position;
    }
}
