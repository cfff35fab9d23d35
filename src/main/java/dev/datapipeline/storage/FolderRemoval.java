package dev.datapipeline.storage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Removes folders with all that is in them, read-only ones too. Links are removed and not followed. */
public final class FolderRemoval extends RecursiveDelete {
    private FolderRemoval() {}

    /** Does nothing when there is no such file or folder. */
    public static void remove(Path root) throws IOException {
        Files.walkFileTree(root, new FolderRemoval());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return FileVisitResult.CONTINUE;
    }
}
