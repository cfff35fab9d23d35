package dev.datapipeline.sandbox;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** What sandboxes and builders have to do with environments. */
@ConfigMapping(prefix = "datapipeline.environment")
public interface EnvironmentMountConfig {
    /** Folder of the environments; default is one in /var/tmp whose path tells scripts nothing. */
    Optional<Path> directory();

    /** Docker volume mounted at that folder, when the service runs in a container itself. */
    Optional<String> volume();

    /** Memory of a container in which packages are resolved and compiled; three quarters of it can hold wheels. */
    @WithDefault("1G")
    MemorySize builderMemory();
}
