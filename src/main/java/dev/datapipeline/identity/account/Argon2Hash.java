package dev.datapipeline.identity.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id with the parameters that OWASP recommends first, in the usual text form. A stored hash says its own parameters, so they may change.
 *
 * @param memory KiB
 */
record Argon2Hash(int memory, int iterations, int parallelism, byte[] salt, byte[] hash) {
    private static final int MEMORY = 19_456;
    private static final int ITERATIONS = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    static Argon2Hash of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new Argon2Hash(MEMORY, ITERATIONS, 1, salt, compute(password, MEMORY, ITERATIONS, 1, salt, HASH_BYTES));
    }

    static Argon2Hash parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("the database holds a password hash of an unknown form");
        }
        return new Argon2Hash(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3)),
                Base64.getDecoder().decode(form.group(4)),
                Base64.getDecoder().decode(form.group(5)));
    }

    boolean matches(String password) {
        return MessageDigest.isEqual(hash, compute(password, memory, iterations, parallelism, salt, hash.length));
    }

    String text() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(memory, iterations, parallelism, encoder.encodeToString(salt), encoder.encodeToString(hash));
    }

    private static byte[] compute(
            String password, int memory, int iterations, int parallelism, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(iterations)
                .withParallelism(parallelism)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        generator.generateBytes(password.getBytes(UTF_8), hash);
        return hash;
    }
}
