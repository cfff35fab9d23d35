package dev.datapipeline.upstream;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The way to servers elsewhere. */
public interface NetworkConfig {
    /** HTTP proxy through which all calls go, for example {@code http://proxy.example.com:3128}. */
    Optional<URI> proxy();

    Optional<String> proxyUsername();

    Optional<String> proxyPassword();

    /** File whose content is the password. */
    Optional<Path> proxyPasswordFile();

    /** File with certificates of authorities (PEM) that are trusted besides those that Java trusts. */
    Optional<Path> caFile();
}
