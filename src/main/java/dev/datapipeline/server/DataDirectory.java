package dev.datapipeline.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The data folder, owned by one process at a time through a file lock that the kernel takes back when the process dies. */
final class DataDirectory {
    private static @Nullable FileLock lock;

    private DataDirectory() {}

    /** @throws DataDirectoryInUseException when a living process owns it */
    static void own(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel = FileChannel.open(
                directory.resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.READ);
        lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new DataDirectoryInUseException(directory);
        }
    }
}
