package dev.datapipeline.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.digest.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the digest of an entry over all that it says and the digest of the entry before it. */
public final class AuditChain {
    /** Of this way to compute it; another one would get another number, so that old entries stay valid. */
    private static final String FORMAT = "1";

    private AuditChain() {}

    /** @param previous digest of the entry before this one */
    public static String digest(String previous, long number, AuditEntry entry) {
        MessageDigest digest = Sha256.newDigest();
        for (@Nullable Object field : fields(previous, number, entry)) {
            update(digest, field);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<@Nullable Object> fields(String previous, long number, AuditEntry entry) {
        AuditedRequest request = entry.request();
        AuditActor actor = request.actor();
        return Arrays.asList(
                FORMAT,
                previous,
                number,
                request.id(),
                request.at(),
                actor.account(),
                actor.username(),
                actor.key(),
                actor.address(),
                request.operation(),
                request.target(),
                request.project(),
                entry.outcome(),
                entry.status(),
                entry.attempts());
    }

    /** Each with its length, so that no two entries read the same when their fields are joined. */
    private static void update(MessageDigest digest, @Nullable Object field) {
        if (field == null) {
            digest.update("-;".getBytes(UTF_8));
            return;
        }
        byte[] text = field.toString().getBytes(UTF_8);
        digest.update((text.length + ":").getBytes(UTF_8));
        digest.update(text);
        digest.update((byte) ';');
    }
}
