package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.upstream.NetworkConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where packages of scripts come from. */
@ConfigMapping(prefix = "datapipeline.environment")
public interface IndexConfig {
    /** Indexes by name. One without name patterns takes the place of the index that pip has by default. */
    Map<String, SourceConfig> indexes();

    /** Whether the index that pip has by default is asked, where no other stands in its place; false where there is no way to it. */
    @WithDefault("true")
    boolean defaultIndex();

    /** Files that were uploaded later are not taken: most packages with malware are found within days. */
    @WithDefault("7D")
    Duration minimumAge();

    /** Names of packages that are never taken; {@code *} stands for any characters. */
    Optional<List<String>> forbidden();

    /** One index. */
    interface SourceConfig {
        /** Of its Simple API, for example {@code https://packages.example.com/simple/}. */
        URI url();

        Optional<String> username();

        Optional<String> password();

        /** File whose content is the password. */
        Optional<Path> passwordFile();

        /** Name of a secret of the service whose value is the password. It may be set, changed and deleted at any time. */
        Optional<String> passwordSecret();

        /** Names of packages that come from here only, {@code *} stands for any characters; nothing else comes from here then. */
        Optional<List<String>> packages();

        /** Instead of the general one; 0 by itself for an index with name patterns. */
        Optional<Duration> minimumAge();

        /** Whether its files are taken only where it states their SHA-256; else the lock has the one of the file that came first. */
        @WithDefault("false")
        boolean requireSha256();

        /** Indexes are asked in this order, those with the same number by name. */
        @WithDefault("100")
        int order();

        /** The way to it, instead of the one of all. */
        @WithParentName
        NetworkConfig network();
    }
}
