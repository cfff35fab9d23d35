package dev.datapipeline.http;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.jspecify.annotations.Nullable;

/** Recognises forms that cannot be read: the parser throws any kind of exception, so a form that is not read yet is to blame. */
final class FormFailures {
    private FormFailures() {}

    /** @return what to tell the client, or null when the form is whole */
    static @Nullable ProblemException problem(Throwable failure, ResteasyReactiveRequestContext context) {
        boolean isForm = String.valueOf(context.getHeader(HttpHeaders.CONTENT_TYPE, true))
                .toLowerCase(Locale.ROOT)
                .startsWith("multipart/");
        if (!isForm || isReadable(context.getFormData()) || isDiskFailure(failure)) {
            return null;
        }
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                "The form cannot be read: it is cut off, has too many parts, or a part has no header that names it. Send it again.");
    }

    /** The parser accepts parts without a name, as null in the form. */
    private static boolean isReadable(@Nullable FormData form) {
        return form != null && StreamSupport.stream(form.spliterator(), false).allMatch(Objects::nonNull);
    }

    private static boolean isDiskFailure(Throwable failure) {
        return failure instanceof FileSystemException || failure.getCause() instanceof FileSystemException;
    }
}
