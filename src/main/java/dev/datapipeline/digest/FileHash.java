package dev.datapipeline.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A hash of bytes, as somebody else states it.
 *
 * @param digits hexadecimal, in lower case
 */
public record FileHash(Algorithm algorithm, String digits) implements Comparable<FileHash> {
    private static final int PIECE = 64 * 1024;

    /** From the one that is taken first to the one that is taken last. MD5 and SHA-1 tell accidents, but not what somebody has made on purpose. */
    public enum Algorithm {
        SHA256("SHA-256", 64),
        SHA512("SHA-512", 128),
        SHA384("SHA-384", 96),
        SHA1("SHA-1", 40),
        MD5("MD5", 32);

        private final String title;
        private final int length;

        Algorithm(String title, int length) {
            this.title = title;
            this.length = length;
        }

        private MessageDigest newDigest() {
            try {
                return MessageDigest.getInstance(title);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /** As people write it. */
        @Override
        public String toString() {
            return title;
        }
    }

    /** @return empty where it is no hash of an algorithm that is known here */
    public static Optional<FileHash> of(String algorithm, String digits) {
        String lower = digits.toLowerCase(Locale.ROOT);
        return Arrays.stream(Algorithm.values())
                .filter(known -> known.name().equalsIgnoreCase(algorithm))
                .filter(known -> lower.length() == known.length)
                .filter(known -> lower.chars().allMatch(HexFormat::isHexDigit))
                .findFirst()
                .map(known -> new FileHash(known, lower));
    }

    /** @param text such as {@code sha256=0a1b…} */
    public static Optional<FileHash> parse(String text) {
        int sign = text.indexOf('=');
        return sign < 0 ? Optional.empty() : of(text.substring(0, sign), text.substring(sign + 1));
    }

    public boolean isSha256() {
        return algorithm == Algorithm.SHA256;
    }

    public boolean isOf(byte[] bytes) {
        return matches(algorithm.newDigest().digest(bytes));
    }

    public boolean isOf(Path file) throws IOException {
        MessageDigest digest = algorithm.newDigest();
        byte[] piece = new byte[PIECE];
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
            while (bytes.read(piece) >= 0) {
                // The digest takes what is read.
            }
        }
        return matches(digest.digest());
    }

    private boolean matches(byte[] actual) {
        return HexFormat.of().formatHex(actual).equals(digits);
    }

    /** The one to be preferred is the lesser. */
    @Override
    public int compareTo(FileHash other) {
        int byAlgorithm = algorithm.compareTo(other.algorithm);
        return byAlgorithm == 0 ? digits.compareTo(other.digits) : byAlgorithm;
    }
}
