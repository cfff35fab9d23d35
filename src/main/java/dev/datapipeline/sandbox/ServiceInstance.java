package dev.datapipeline.sandbox;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * @param id id of the data folder, the same after every start
 * @param process id of this process, different after every start
 */
public record ServiceInstance(String id, String process) {
    /** Reads the id from {@code file}, which the first start makes. */
    public static ServiceInstance of(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.writeString(
                    file, UUID.randomUUID().toString(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException usual) {
            // Every start but the first.
        }
        return new ServiceInstance(
                UUID.fromString(Files.readString(file).strip()).toString(),
                UUID.randomUUID().toString());
    }

    /** Names this process as the owner of a batch: {@code <id>/<process>}. */
    public String owner() {
        return id + "/" + process;
    }
}
