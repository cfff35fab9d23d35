package dev.datapipeline.storage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Tells this installation (the data folder, for ever) and this instance (the process, for its life) from all others: owners of leases
 * and labels of containers are made of these two.
 */
@Singleton
public final class Installation {
    private final String id;
    private final String instance = UUID.randomUUID().toString();

    @Inject
    public Installation(StorageConfig config) throws IOException {
        Path file = Files.createDirectories(config.directory()).resolve("installation");
        if (Files.notExists(file)) {
            Path draft = config.directory().resolve("installation.draft");
            Files.writeString(draft, UUID.randomUUID().toString());
            Files.move(draft, file);
        }
        id = UUID.fromString(Files.readString(file).trim()).toString();
    }

    public String id() {
        return id;
    }

    public String instance() {
        return instance;
    }

    /** Names this process as the owner of something: {@code <installation>/<instance>}. */
    public String owner() {
        return id + "/" + instance;
    }
}
