package dev.datapipeline.server.postgres;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** @param file readable by its owner only */
record DatabasePassword(Path file, String text) {
    private static final int BYTES = 24;

    static DatabasePassword in(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            Files.writeString(file, HexFormat.of().formatHex(random));
        } catch (FileAlreadyExistsException usual) {
            // Exists since the first start.
        }
        return new DatabasePassword(file, Files.readString(file).strip());
    }

    @Override
    public String toString() {
        return "DatabasePassword[file=" + file + "]";
    }
}
