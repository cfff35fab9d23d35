package dev.datapipeline.environment.build.folder;

import dev.datapipeline.digest.Sha256;
import dev.datapipeline.environment.install.InstalledFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of an environment with their sizes and digests, one line each. */
record Manifest(Map<String, InstalledFile> files) {
    private static final String HEADING = "environment 1";
    private static final int FIELDS = 3;
    /** With the sticky bit, as the files of the environment. */
    private static final int PRIVATE_AND_KEPT = 01600;

    private static final int BUFFER = 64 * 1024;

    static Manifest of(Collection<InstalledFile> files) {
        Map<String, InstalledFile> byPath = new HashMap<>();
        files.forEach(file -> byPath.put(file.path(), file));
        return new Manifest(byPath);
    }

    /** @throws IOException it is not there, or is no manifest */
    static Manifest read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().equals(HEADING)) {
            throw new IOException("no manifest: " + file);
        }
        Map<String, InstalledFile> files = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(" ", FIELDS);
            if (fields.length != FIELDS || !fields[1].matches("\\d{1,18}")) {
                throw new IOException("a damaged manifest: " + file);
            }
            files.put(fields[2], new InstalledFile(fields[2], Long.parseLong(fields[1]), fields[0]));
        }
        return new Manifest(files);
    }

    /** Bytes of all files. */
    long size() {
        return files.values().stream().mapToLong(InstalledFile::size).sum();
    }

    /** Writes it durably, in one step. */
    void write(Path target) throws IOException {
        StringBuilder text = new StringBuilder(HEADING).append('\n');
        files.values().stream()
                .sorted((one, other) -> one.path().compareTo(other.path()))
                .forEach(file -> text.append(file.sha256())
                        .append(' ')
                        .append(file.size())
                        .append(' ')
                        .append(file.path())
                        .append('\n'));
        Path draft = target.resolveSibling(target.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        try (FileChannel channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.setAttribute(draft, "unix:mode", PRIVATE_AND_KEPT);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether a folder has exactly these files. */
    boolean matches(Path folder) throws IOException {
        Comparison comparison = new Comparison(folder, new HashMap<>(files));
        Files.walkFileTree(folder, comparison);
        return comparison.isEqual && comparison.missing.isEmpty();
    }

    private static final class Comparison extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final Map<String, InstalledFile> missing;
        private final byte[] buffer = new byte[BUFFER];
        private boolean isEqual = true;

        private Comparison(Path folder, Map<String, InstalledFile> missing) {
            this.folder = folder;
            this.missing = missing;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            InstalledFile expected = missing.remove(folder.relativize(file).toString());
            isEqual = attributes.isRegularFile() && isSame(file, attributes.size(), expected);
            return isEqual ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        private boolean isSame(Path file, long size, @Nullable InstalledFile expected) throws IOException {
            return expected != null && size == expected.size() && digest(file).equals(expected.sha256());
        }

        private String digest(Path file) throws IOException {
            MessageDigest digest = Sha256.newDigest();
            try (InputStream content = Files.newInputStream(file)) {
                for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                    digest.update(buffer, 0, count);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
