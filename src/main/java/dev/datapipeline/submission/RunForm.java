package dev.datapipeline.submission;

import dev.datapipeline.dataset.upload.ReadingParameters;
import dev.datapipeline.dataset.upload.Upload;
import dev.datapipeline.pipeline.ScriptFile;
import dev.datapipeline.pipeline.form.ScriptPart;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;
import org.jspecify.annotations.Nullable;

/** The parts of a multipart submission: a dataset, a pipeline, a batch size, and scripts named {@code main_0}, {@code pre_0}, … */
public final class RunForm {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");
    private static final int LONGEST_TEXT = 10_000;

    private final Map<String, Collection<FormValue>> parts;

    public RunForm(MultipartFormDataInput form) {
        parts = form.getValues();
    }

    /** @throws ProblemException UNKNOWN_PART for a part that is none of these and no script */
    void rejectUnknown(List<String> known) {
        for (String name : parts.keySet()) {
            if (!known.contains(name) && !ScriptPart.isName(name)) {
                throw new ProblemException(
                        ProblemType.UNKNOWN_PART,
                        "The part \"%s\" is not used by this form. Remove it.".formatted(label(name)));
            }
        }
    }

    boolean has(String name) {
        return parts.containsKey(name);
    }

    /** Pages send an empty file for a file that was not chosen, and blanks for a text that was left empty. */
    boolean isFilled(String name) throws IOException {
        if (!has(name)) {
            return false;
        }
        FormValue part = part(name);
        return part.isFileItem()
                ? part.getFileItem().getFileSize() > 0
                : !part.getValue().isBlank();
    }

    /** Size of a part; 0 if it is missing or occurs twice, which open() reports. */
    long bytes(String name) throws IOException {
        Collection<FormValue> values = parts.getOrDefault(name, List.of());
        if (values.size() != 1) {
            return 0;
        }
        FormValue part = values.iterator().next();
        return part.isFileItem()
                ? part.getFileItem().getFileSize()
                : part.getValue().length();
    }

    long bytesOfScripts() throws IOException {
        long bytes = 0;
        for (String name : parts.keySet()) {
            bytes += ScriptPart.isName(name) ? bytes(name) : 0;
        }
        return bytes;
    }

    InputStream open(String name) throws IOException {
        return open(part(name));
    }

    Upload upload(String name) throws IOException {
        FormValue part = part(name);
        return Upload.of(
                part.getFileName(),
                contentType(part),
                new ReadingParameters(separator(), text("records"), text("member"), text("sheet")));
    }

    /** A single character is not trimmed: it may be a tab. */
    private @Nullable String separator() throws IOException {
        String content = content("separator");
        return content == null || content.length() == 1 ? content : content.strip();
    }

    private static @Nullable String contentType(FormValue part) {
        MultivaluedMap<String, String> headers = part.getHeaders();
        return headers == null ? null : headers.getFirst(HttpHeaders.CONTENT_TYPE);
    }

    /** A short plain text; null when there is no such part. */
    @Nullable
    String text(String name) throws IOException {
        String content = content(name);
        return content == null ? null : content.strip();
    }

    private @Nullable String content(String name) throws IOException {
        if (!has(name)) {
            return null;
        }
        try (InputStream content = open(name)) {
            return new String(content.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8);
        }
    }

    /** A whole number in its usual notation; null when there is no such part. */
    @Nullable
    Integer number(String name) throws IOException {
        String text = text(name);
        if (text == null) {
            return null;
        }
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new ProblemException(
                    ProblemType.WRONG_TYPE, "The part \"%s\" must be a whole number.".formatted(name));
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException tooLarge) {
            throw new ProblemException(
                    ProblemType.OUT_OF_RANGE, "The part \"%s\" is too large a number.".formatted(name));
        }
    }

    Map<String, ScriptFile> scripts() throws IOException {
        Map<String, ScriptFile> scripts = new HashMap<>();
        for (String name : parts.keySet()) {
            if (ScriptPart.isName(name)) {
                FormValue part = part(name);
                try (InputStream content = open(part)) {
                    scripts.put(name, ScriptFile.read(name, part.getFileName(), content));
                }
            }
        }
        return scripts;
    }

    private FormValue part(String name) {
        Collection<FormValue> values = parts.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            throw new ProblemException(ProblemType.MISSING_PART, "The part \"%s\" is missing.".formatted(label(name)));
        }
        if (values.size() > 1) {
            throw new ProblemException(
                    ProblemType.DUPLICATE_PART, "The part \"%s\" occurs twice. Send it once.".formatted(label(name)));
        }
        return values.iterator().next();
    }

    private static InputStream open(FormValue part) throws IOException {
        return part.isFileItem()
                ? part.getFileItem().getInputStream()
                : new ByteArrayInputStream(part.getValue().getBytes(StandardCharsets.UTF_8));
    }

    /** Names of parts are text of the client: shown shortened. */
    private static String label(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
