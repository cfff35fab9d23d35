package dev.datapipeline.http;

import dev.datapipeline.settings.PositiveInteger;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

@ConfigMapping(prefix = "datapipeline.http")
public interface HttpConfig {
    /** Whether to listen on every address of the machine, which needs users. Read before Quarkus starts. */
    @WithDefault("false")
    boolean listenPublicly();

    /** Host names that the service answers to, beside localhost, the name of the machine and any IP address. */
    Optional<List<String>> hosts();

    /**
     * Networks such as 10.0.0.0/8 from which operators ask for what is below /q (health, metrics, API explorer), beside this machine; {@code any}
     * allows everybody.
     */
    Optional<List<String>> operators();

    /** Time for the whole body of a request to the API. Datasets and forms have a minimum rate instead, see datapipeline.dataset. */
    @WithDefault("30S")
    Duration bodyTimeout();

    /**
     * Limit of result downloads at the same time, and a limit of lists of records of its own that is as large; beyond it requests get 429.
     * Each holds a thread and some memory until its client has it.
     */
    @WithDefault("32")
    @WithConverter(PositiveInteger.class)
    int maxConcurrentDownloads();

    /** Bytes a second. When all places are taken, a download slower than this is cut off to admit a new one; 0 never cuts one off. */
    @WithDefault("64K")
    MemorySize minDownloadRate();
}
