package dev.datapipeline.http.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Documents that Jackson has to read as characters. Its UTF-8 parser rejects names with half of a surrogate pair, which JSON allows; its
 * UTF-16 parser accepts them.
 */
final class JsonCharacters {
    private JsonCharacters() {}

    /** Half of a surrogate pair can only be written as an escape such as {@code \ud83d}. */
    static boolean areNeeded(Buffer json) {
        for (int i = 0; i + 2 < json.length(); i++) {
            if (json.getByte(i) == '\\' && json.getByte(i + 1) == 'u' && (json.getByte(i + 2) | ' ') == 'd') {
                return true;
            }
        }
        return false;
    }

    /** The document in UTF-16, or a {@link dev.datapipeline.problem.ProblemException} INVALID_ENCODING. */
    static InputStream of(byte[] json) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
            return new ByteArrayInputStream(text.getBytes(UTF_16BE));
        } catch (CharacterCodingException invalid) {
            throw JsonProblems.invalidEncoding();
        }
    }
}
