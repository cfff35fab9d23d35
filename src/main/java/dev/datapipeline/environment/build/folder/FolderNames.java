package dev.datapipeline.environment.build.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names of folders that nobody can guess: every sandbox can open each folder whose name it knows. They follow from a secret of the
 * installation, so that the same lock has the same folder after every start.
 */
final class FolderNames {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    private final SecretKeySpec key;

    private FolderNames(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Reads the secret from {@code file}, which the first start makes. */
    static FolderNames of(Path file) throws IOException {
        if (!Files.exists(file)) {
            make(file);
        }
        byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
        if (secret.length != SECRET_BYTES) {
            throw new IOException("the secret for the names of environments is damaged, delete it: " + file);
        }
        return new FolderNames(secret);
    }

    /** In one step, so that no start finds half of it. */
    private static void make(Path file) throws IOException {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, HexFormat.of().formatHex(secret));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** 64 hexadecimal digits. */
    String name(String of) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(of.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }
}
