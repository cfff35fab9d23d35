package dev.datapipeline.http.paging;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A position in a list that the client has sorted: right after this item. Opaque to clients.
 *
 * @param order how the list is sorted
 * @param key what this order sorts by, of the item
 */
@Schema(implementation = String.class)
public record ListCursor(String order, String key, UUID id) {
    private static final char SEPARATOR = '\n';

    /** @throws IllegalArgumentException for anything that {@link #toString()} did not make */
    public static ListCursor fromString(String word) {
        String text = decoded(word);
        int first = text.indexOf(SEPARATOR);
        int second = text.indexOf(SEPARATOR, first + 1);
        if (first < 0 || second < 0 || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a cursor");
        }
        return new ListCursor(
                text.substring(0, first),
                text.substring(second + 1),
                UUID.fromString(text.substring(first + 1, second)));
    }

    private static String decoded(String word) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(word)))
                    .toString();
        } catch (CharacterCodingException invalid) {
            throw new IllegalArgumentException("not a cursor", invalid);
        }
    }

    @Override
    public String toString() {
        String text = order + SEPARATOR + id + SEPARATOR + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
