package dev.datapipeline.pipeline;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** @param fileName what the browser calls the file, anything; empty when it is none */
public record ScriptFile(String fileName, String source) {
    private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);
    private static final Pattern NOT_FOR_A_LABEL = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    /**
     * @param part name of the part, to say which one is wrong
     * @throws ProblemException INVALID_SCRIPT when it is too long or not UTF-8
     */
    public static ScriptFile read(String part, @Nullable String fileName, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(ScriptValidator.MAX_SOURCE_BYTES + 1);
        if (bytes.length > ScriptValidator.MAX_SOURCE_BYTES) {
            throw new ProblemException(
                    ProblemType.INVALID_SCRIPT, "The script " + part + " is too long: at most 256 KB.");
        }
        try {
            String source = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new ScriptFile(fileName == null ? "" : fileName, source);
        } catch (CharacterCodingException invalid) {
            throw new ProblemException(ProblemType.INVALID_SCRIPT, "The script " + part + " is not valid UTF-8.");
        }
    }

    /** Browsers send a part for a file field in which nothing was chosen. */
    public boolean isAbsent() {
        return fileName.isEmpty() && source.isEmpty();
    }

    /** The file name as far as it can be a label. */
    public String label(String defaultValue) {
        String name = NOT_FOR_A_LABEL
                .matcher(FOLDERS.matcher(fileName).replaceFirst(""))
                .replaceAll("")
                .strip();
        int length = name.codePointCount(0, name.length());
        String label = length <= NameValidator.MAX_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, NameValidator.MAX_NAME));
        return label.isBlank() ? defaultValue : label;
    }
}
