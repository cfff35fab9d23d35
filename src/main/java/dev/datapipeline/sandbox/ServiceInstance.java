package dev.datapipeline.sandbox;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;

/**
 * Whose containers are whose.
 *
 * @param id of this data folder, the same after every start
 * @param instance id of this process
 */
public record ServiceInstance(String id, String instance) {
    static final String LABEL = "dev.datapipeline.installation";
    public static final String INSTANCE_LABEL = "dev.datapipeline.instance";
    public static final String SANDBOX_LABEL = "dev.datapipeline.sandbox";

    /** Reads the id of the installation from {@code file}, made at the first start. */
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

    /** Names this process as the owner of something: {@code <installation>/<instance>}. */
    public String owner() {
        return id + "/" + instance;
    }

    /** What every container of this installation carries. */
    public Map<String, String> label() {
        return Map.of(LABEL, id);
    }

    public Map<String, String> labels(String sandbox) {
        return Map.of(LABEL, id, INSTANCE_LABEL, instance, SANDBOX_LABEL, sandbox);
    }
}
