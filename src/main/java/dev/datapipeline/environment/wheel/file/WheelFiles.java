package dev.datapipeline.environment.wheel.file;

import dev.datapipeline.environment.wheel.WheelName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The folders of the store below the data folder: {@code fetched/<sha256>/<file name>}, {@code uploaded/<sha256>/<file name>}, and
 * {@code incoming} for what is on its way.
 */
public final class WheelFiles {
    private static final Logger LOG = Logger.getLogger(WheelFiles.class);
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Path fetched;
    private final Path uploaded;
    private final Path incoming;

    /** Creates the folders, and removes what a process that died left on its way. */
    public WheelFiles(Path directory) throws IOException {
        fetched = Files.createDirectories(directory.resolve("fetched"));
        uploaded = Files.createDirectories(directory.resolve("uploaded"));
        incoming = Files.createDirectories(directory.resolve("incoming"));
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(incoming)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    /** A wheel that lies in the store. */
    public record Found(String sha256, WheelName name, Path path, long size, Instant lastUsed, boolean isUploaded) {}

    public static boolean isSha256(String text) {
        return SHA256.matcher(text).matches();
    }

    /** All wheels; of one that was fetched and uploaded the upload, and the other copy is removed. */
    public List<Found> all() throws IOException {
        List<Found> uploads = new ArrayList<>();
        addAll(uploads, uploaded, true);
        Set<String> hashes = uploads.stream().map(Found::sha256).collect(Collectors.toSet());
        List<Found> all = new ArrayList<>(uploads);
        List<Found> others = new ArrayList<>();
        addAll(others, fetched, false);
        for (Found other : others) {
            if (hashes.contains(other.sha256())) {
                delete(fetched.resolve(other.sha256()));
            } else {
                all.add(other);
            }
        }
        return all;
    }

    /** @param room null for one that needs none */
    public IncomingWheel create(String what, long limit, @Nullable UploadRoom room) throws IOException {
        return new IncomingWheel(incoming.resolve(UUID.randomUUID().toString()), what, limit, room);
    }

    /** Gives a finished file its place; the file is durable there when this returns. */
    public Found publish(IncomingWheel file, String sha256, WheelName name, boolean isUploaded) throws IOException {
        Path folder = (isUploaded ? uploaded : fetched).resolve(sha256);
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException leftByAnother) {
            delete(folder);
            Files.createDirectory(folder);
        }
        Path path = folder.resolve(name.filename());
        Files.move(file.file(), path, StandardCopyOption.ATOMIC_MOVE);
        force(folder);
        force(isUploaded ? uploaded : fetched);
        return new Found(sha256, name, path, file.size(), Instant.now(), isUploaded);
    }

    /** The time of a file says when it was used last, also after a restart. Where it cannot be set, the file may go earlier than others. */
    static void touch(Path path, Instant now) {
        try {
            Files.setLastModifiedTime(path, FileTime.from(now));
        } catch (IOException failure) {
            LOG.debugf(failure, "The time of %s could not be set", path);
        }
    }

    static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    private static void addAll(List<Found> found, Path parent, boolean isUploaded) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
            for (Path folder : folders) {
                String sha256 = String.valueOf(folder.getFileName());
                if (isSha256(sha256) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    addContent(found, folder, sha256, isUploaded);
                }
            }
        }
    }

    private static void addContent(List<Found> found, Path folder, String sha256, boolean isUploaded)
            throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                WheelName.of(String.valueOf(file.getFileName()))
                        .filter(name -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                        .ifPresent(name -> found.add(found(file, sha256, name, isUploaded)));
            }
        }
    }

    private static Found found(Path file, String sha256, WheelName name, boolean isUploaded) {
        try {
            Instant used = Files.getLastModifiedTime(file).toInstant();
            return new Found(sha256, name, file, Files.size(file), used, isUploaded);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
