package dev.datapipeline.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file with the master key, readable by its owner only. While the key is replaced it has two: the new one in the first line, then the old
 * one.
 *
 * @param path of the file
 */
record KeyFile(Path path) {
    private static final String OWNER_ONLY = "rw-------";
    private static final String EXPLANATION =
            "# Opens the secrets in the database of the service. Without this file they are lost: keep a copy of it, apart from that of the database.";

    private static FileAttribute<Set<PosixFilePermission>> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY));
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** Whether others than its owner may read it. */
    boolean isReadableByOthers() throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        permissions.removeAll(PosixFilePermissions.fromString("rwx------"));
        return !permissions.isEmpty();
    }

    /**
     * The keys, the one to seal with first.
     *
     * @throws IllegalArgumentException when it holds something else; never quotes it
     */
    List<MasterKey> read() throws IOException {
        List<MasterKey> keys = Files.readAllLines(path).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(MasterKey::parse)
                .toList();
        if (keys.isEmpty() || keys.size() > 2) {
            throw new IllegalArgumentException("not one master key, or two while it is replaced");
        }
        return keys;
    }

    /** Replaces the file, or leaves it as it is when the machine fails meanwhile. */
    void write(List<MasterKey> keys) throws IOException {
        Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        Path written = folder.resolve(path.getFileName() + ".new");
        Files.deleteIfExists(written);
        Files.createFile(written, ownerOnly());
        String text = keys.stream().map(MasterKey::text).collect(Collectors.joining("\n", EXPLANATION + "\n", "\n"));
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(written, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
