package dev.datapipeline.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.digest.Sha256;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Random secrets of 256 bits, as text that is safe in addresses and cookies. A plain SHA-256 is enough to store them: unlike a password, nobody
 * can guess one.
 */
public final class SecretToken {
    /** Length of the text of a secret. */
    public static final int LENGTH = 43;

    private static final int BYTES = 32;

    private SecretToken() {}

    public static String random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    public static String digest(String secret) {
        return Sha256.hex(secret.getBytes(UTF_8));
    }

    /** Takes the same time wherever the two differ. */
    public static boolean matches(String secret, String digest) {
        return MessageDigest.isEqual(digest(secret).getBytes(UTF_8), digest.getBytes(UTF_8));
    }
}
