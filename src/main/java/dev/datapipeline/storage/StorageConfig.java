package dev.datapipeline.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

@ConfigMapping(prefix = "datapipeline.data")
public interface StorageConfig {
    /** Folder of datasets, results and the embedded database. */
    @WithDefault("data")
    Path directory();
}
