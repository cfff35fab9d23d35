package dev.datapipeline.web;

import dev.datapipeline.settings.PositiveInteger;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Who may reach the service. */
@ConfigMapping(prefix = "datapipeline.http")
public interface HttpConfig {
    /** Whether to listen on every address of the machine; there is no authentication. Read before everything else starts. */
    @WithDefault("false")
    boolean listenPublicly();

    /** Names by which browsers may ask for the service, beside localhost, the name of the machine and any IP address. */
    Optional<List<String>> hosts();

    /** Results and records sent at the same time; more are told to come back. Each holds a thread and some memory until its client has it. */
    @WithDefault("32")
    @WithConverter(PositiveInteger.class)
    int maxConcurrentDownloads();
}
