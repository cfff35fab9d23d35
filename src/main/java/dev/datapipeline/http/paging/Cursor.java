package dev.datapipeline.http.paging;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A position in a list sorted by newest creation and then by id: right after this item. Opaque to clients. */
@Schema(implementation = String.class)
public record Cursor(Instant createdAt, UUID id) {
    private static final int BYTES = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

    /** @throws IllegalArgumentException for anything that {@link #toString()} did not make */
    public static Cursor fromString(String word) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(word));
        if (bytes.remaining() != BYTES) {
            throw new IllegalArgumentException("not a cursor");
        }
        Instant createdAt = instant(bytes.getLong(), bytes.getInt());
        return new Cursor(createdAt, new UUID(bytes.getLong(), bytes.getLong()));
    }

    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(createdAt.getEpochSecond())
                .putInt(createdAt.getNano())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Rejects times that the database could not store. */
    private static Instant instant(long seconds, int nanos) {
        if (seconds < 0 || seconds > Integer.MAX_VALUE * 4L || nanos < 0 || nanos >= 1_000_000_000) {
            throw new IllegalArgumentException("not a cursor");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }
}
