package dev.datapipeline.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.digest.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The key that secrets are sealed with: AES-256 in GCM, with a random nonce for each. */
final class MasterKey {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_LENGTH = 16;
    private static final Pattern FORM = Pattern.compile("dpm_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");

    private final String id;
    private final byte[] bytes;

    private MasterKey(byte[] bytes) {
        this.id = Sha256.hex(bytes).substring(0, ID_LENGTH);
        this.bytes = bytes;
    }

    static MasterKey random() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new MasterKey(bytes);
    }

    /** @throws IllegalArgumentException for what is none, or was changed; never quotes it */
    static MasterKey parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a master key");
        }
        MasterKey key = new MasterKey(Base64.getUrlDecoder().decode(form.group(2)));
        if (!key.id().equals(form.group(1))) {
            throw new IllegalArgumentException("a master key that was changed");
        }
        return key;
    }

    /** {@code dpm_<id>_<key>}, for the key file only. */
    String text() {
        return "dpm_" + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A part of the digest of the key, which tells nothing of the key. */
    String id() {
        return id;
    }

    /** @param context that has to be the same for opening it */
    String seal(String value, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(value.getBytes(UTF_8));
            byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws IllegalStateException when it was changed, or sealed with another key or context */
    String open(String sealed, String context) {
        try {
            byte[] all = Base64.getDecoder().decode(sealed);
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, context);
            return new String(cipher.doFinal(all, NONCE_BYTES, Math.max(0, all.length - NONCE_BYTES)), UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException changed) {
            throw new IllegalStateException("a secret that was changed, or sealed with another key", changed);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}
