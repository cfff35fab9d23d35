package dev.datapipeline.http.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explains what is wrong with a JSON document of a client, and where, in the words of the client: never with the name of a class. */
final class JsonProblems {
    private JsonProblems() {}

    static ProblemException of(JsonProcessingException failure) {
        String pointer = pointer(failure);
        JsonProcessingException cause = innermost(failure);
        return switch (cause) {
            case StreamConstraintsException limit -> tooLarge(limit);
            case InputCoercionException number -> field(ProblemType.OUT_OF_RANGE, pointer, "is too large a number");
            case StreamReadException broken -> broken(broken);
            case UnrecognizedPropertyException unknown ->
                field(ProblemType.UNKNOWN_FIELD, pointer, "is unknown" + known(unknown));
            case MismatchedInputException mismatch -> mismatch(mismatch, pointer);
            default -> field(ProblemType.WRONG_TYPE, pointer, "cannot be used");
        };
    }

    static ProblemException invalidEncoding() {
        return new ProblemException(ProblemType.INVALID_ENCODING, "The JSON is not valid UTF-8.");
    }

    static ProblemException empty() {
        return new ProblemException(
                ProblemType.EMPTY_BODY, "The request needs a JSON object as its body, and has none.");
    }

    /** Databind wraps exceptions of the parser to add the path. */
    private static JsonProcessingException innermost(JsonProcessingException failure) {
        JsonProcessingException innermost = failure;
        while (innermost.getCause() instanceof JsonProcessingException cause) {
            innermost = cause;
        }
        return innermost;
    }

    private static ProblemException mismatch(MismatchedInputException mismatch, String pointer) {
        String message = String.valueOf(mismatch.getOriginalMessage());
        if (message.startsWith("No content")) {
            return empty();
        }
        if (message.startsWith("Trailing token")) {
            return new ProblemException(
                    ProblemType.INVALID_JSON, "Unexpected content follows the end of the JSON" + place(mismatch) + ".");
        }
        return field(ProblemType.WRONG_TYPE, pointer, "must be " + expected(mismatch.getTargetType()));
    }

    private static ProblemException broken(StreamReadException broken) {
        String message = String.valueOf(broken.getOriginalMessage());
        if (message.startsWith("Duplicate field")) {
            return new ProblemException(
                    ProblemType.DUPLICATE_KEY, "An object contains the same key twice" + place(broken) + ".");
        }
        if (message.startsWith("Invalid UTF-8")) {
            return invalidEncoding();
        }
        return new ProblemException(ProblemType.INVALID_JSON, "The JSON cannot be read" + place(broken) + ".");
    }

    private static ProblemException tooLarge(StreamConstraintsException limit) {
        boolean isDepth = String.valueOf(limit.getOriginalMessage()).contains("nesting depth");
        return isDepth
                ? new ProblemException(ProblemType.TOO_DEEP, "The JSON is nested too deeply.")
                : new ProblemException(ProblemType.TOO_LARGE, "The JSON is too large to be read.");
    }

    private static ProblemException field(ProblemType type, String pointer, String message) {
        String subject = pointer.isEmpty() ? "The JSON" : pointer;
        return new ProblemException(type, subject + " " + message + ".", List.of(new FieldError(pointer, message)));
    }

    private static String known(UnrecognizedPropertyException unknown) {
        Collection<Object> names = unknown.getKnownPropertyIds();
        if (names == null || names.isEmpty()) {
            return "";
        }
        return names.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ", "; the fields are: ", ""));
    }

    private static String place(JsonProcessingException failure) {
        JsonLocation location = failure.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String pointer(JsonProcessingException failure) {
        if (!(failure instanceof JsonMappingException mapping)) {
            return "";
        }
        return mapping.getPath().stream()
                .map(reference -> reference.getFieldName() == null
                        ? String.valueOf(reference.getIndex())
                        : printable(reference.getFieldName()))
                .map(token -> "/" + token.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    /** A name may contain half of a surrogate pair, which no answer can hold. */
    private static String printable(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "an integer";
        }
        if (Number.class.isAssignableFrom(type) || type == double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
    }
}
