package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The indexes of the settings, and the one that pip has by default. Thread-safe. */
@Singleton
public final class RemoteIndexes {
    /** Name of the index that pip has by default. */
    public static final String DEFAULT = "default";

    /** Name under which uploaded wheels are an index of their own, the first one. */
    public static final String UPLOADS = "uploads";

    private final IndexConfig config;
    private final IndexClient client;
    private final List<RemoteIndex> configured;
    private final NamePatterns forbidden;
    private @Nullable RemoteIndex ofPip;

    /** @throws IllegalArgumentException when a setting is wrong: the service does not start with it */
    public RemoteIndexes(IndexConfig config, IndexClient client) {
        this.config = config;
        this.client = client;
        this.configured = config.indexes().entrySet().stream()
                .map(entry -> IndexSettings.of(entry.getKey(), entry.getValue(), config.minimumAge()))
                .sorted(Comparator.comparingInt(IndexSettings::order).thenComparing(IndexSettings::name))
                .map(settings -> new RemoteIndex(settings, client))
                .toList();
        this.forbidden = NamePatterns.of(config.forbidden().orElse(List.of()), "datapipeline.environment.forbidden");
    }

    /** Checks the settings while the service starts, not at the first build. */
    void start(@Observes StartupEvent event) {}

    /** @param project normalised name */
    public boolean isForbidden(String project) {
        return forbidden.match(project);
    }

    /**
     * The indexes that a project may come from, in order. A name that matches patterns comes from the indexes of these patterns only.
     *
     * @param project normalised name
     * @param defaultIndex address of the index that pip has by default
     * @throws IndexUnreachableException when that address is none
     */
    public List<RemoteIndex> candidates(String project, String defaultIndex) throws IndexUnreachableException {
        List<RemoteIndex> pinned = configured.stream()
                .filter(index -> index.settings().packages().match(project))
                .toList();
        if (!pinned.isEmpty()) {
            return pinned;
        }
        List<RemoteIndex> general = configured.stream()
                .filter(index -> index.settings().packages().isEmpty())
                .toList();
        return general.isEmpty() && config.defaultIndex() ? List.of(ofPip(defaultIndex)) : general;
    }

    /** An index by its name; the one of pip only after somebody has said where it is. */
    public synchronized Optional<RemoteIndex> find(String name) {
        if (name.equals(DEFAULT)) {
            return Optional.ofNullable(ofPip);
        }
        return configured.stream().filter(index -> index.name().equals(name)).findFirst();
    }

    /** An index that has nothing but an address, for a file whose index is not in the settings any more. */
    RemoteIndex at(URI url) {
        return new RemoteIndex(IndexSettings.ofDefault(url, config.minimumAge()), client);
    }

    private synchronized RemoteIndex ofPip(String address) throws IndexUnreachableException {
        try {
            URI url = new URI(address.endsWith("/") ? address : address + "/");
            if (ofPip == null || !ofPip.settings().url().equals(url)) {
                ofPip = at(url);
            }
            return ofPip;
        } catch (URISyntaxException | IllegalArgumentException invalid) {
            throw new IndexUnreachableException(
                    DEFAULT, "The package index that pip has by default has no address that can be used.");
        }
    }
}
