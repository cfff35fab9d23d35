package dev.datapipeline.storage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Stores blobs as files {@code <data>/blobs/<name>}, which are written in {@code <data>/drafts} until they are complete. */
@Singleton
public final class FileBlobs implements Blobs {
    private final Path blobs;
    private final Path drafts;

    @Inject
    public FileBlobs(StorageConfig config) throws IOException {
        this(config.directory());
    }

    /** Deletes drafts of a process that died: only one process uses a data folder. */
    public FileBlobs(Path directory) throws IOException {
        blobs = Files.createDirectories(directory.resolve("blobs"));
        drafts = directory.resolve("drafts");
        RecursiveDelete.delete(drafts);
        Files.createDirectories(drafts);
    }

    @Override
    public BlobWriter create(BlobName name) throws IOException {
        Path draft = drafts.resolve(UUID.randomUUID().toString());
        return new FileWriter(
                FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), draft, path(name));
    }

    /** Opens a blob for appending, made if absent. One appender at a time. Only file systems can do this, so it is no part of {@link Blobs}. */
    public BlobAppender append(BlobName name) throws IOException {
        Path path = path(name);
        boolean isNew = Files.notExists(path);
        createFolders(parent(path));
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            channel.position(channel.size());
            if (isNew) {
                forceFolder(parent(path));
            }
            return new FileAppender(channel);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public BlobReader open(BlobName name) throws IOException {
        return new FileReader(FileChannel.open(path(name), StandardOpenOption.READ));
    }

    @Override
    public void delete(BlobName name) throws IOException {
        RecursiveDelete.delete(path(name));
    }

    @Override
    public List<BlobName> unchangedSince(BlobName folder, Instant before) throws IOException {
        List<BlobName> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder))) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (BlobName.isSegment(name)
                        && Files.getLastModifiedTime(entry).toInstant().isBefore(before)) {
                    names.add(BlobName.of(folder.value(), name));
                }
            }
        } catch (NoSuchFileException gone) {
            // The folder does not exist yet, or an entry was deleted meanwhile: the next call finds the rest.
        }
        return names;
    }

    @Override
    public long size(BlobName folder) throws IOException {
        long size = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder))) {
            for (Path entry : entries) {
                size += Files.size(entry);
            }
        } catch (NoSuchFileException gone) {
            // The folder does not exist yet, or an entry was deleted meanwhile: it takes no space.
        }
        return size;
    }

    @Override
    public long freeBytes() throws IOException {
        return Files.getFileStore(blobs).getUsableSpace();
    }

    @Override
    public ScratchFile scratch() throws IOException {
        return new ScratchFile(drafts.resolve(UUID.randomUUID().toString()));
    }

    private Path path(BlobName name) {
        return blobs.resolve(name.value());
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a blob lies in a folder: " + path);
        }
        return parent;
    }

    /** Creates the folder and its missing parents, all of them durable. */
    private static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        createFolders(parent(folder));
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException madeByAnother) {
            return;
        }
        forceFolder(parent(folder));
    }

    /** A new name is durable only once its folder is. */
    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void publish(Path draft, Path target) throws IOException {
        createFolders(parent(target));
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(parent(target));
    }
}
