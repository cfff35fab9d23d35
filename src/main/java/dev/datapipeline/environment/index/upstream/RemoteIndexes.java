package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.secret.SecretLookup;
import dev.datapipeline.upstream.Network;
import dev.datapipeline.upstream.SharedNetworkConfig;
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
    private final DefaultIndex defaultIndex;
    private final Network network;
    private @Nullable RemoteIndex ofPip;

    /** @throws IllegalArgumentException when a setting is wrong: the service does not start with it */
    public RemoteIndexes(
            IndexConfig config,
            SharedNetworkConfig network,
            SecretLookup secrets,
            IndexClient client,
            DefaultIndex defaultIndex) {
        this.config = config;
        this.client = client;
        this.defaultIndex = defaultIndex;
        this.network = Network.of(network);
        this.configured = config.indexes().entrySet().stream()
                .map(entry -> IndexSettings.of(entry.getKey(), entry.getValue(), config.minimumAge(), network, secrets))
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
     * @param address of the index that pip has by default
     * @throws IndexUnreachableException when that address is none
     */
    public List<RemoteIndex> candidates(String project, String address) throws IndexUnreachableException {
        Optional<List<RemoteIndex>> ofSettings = ofSettings(project);
        return ofSettings.isPresent() ? ofSettings.get() : List.of(ofPip(address));
    }

    /**
     * The indexes that may have a file of a lock: the one that the lock names, and where the settings do not have it any more, those that the
     * project may come from now. The hash of the lock says whether it is the same file.
     *
     * @param index name in the lock
     * @param project normalised name
     * @throws IndexUnreachableException when nobody can say now which index pip has by default
     */
    List<RemoteIndex> ofLock(String index, String project) throws IndexUnreachableException, InterruptedException {
        Optional<RemoteIndex> named = find(index);
        if (named.isPresent()) {
            return List.of(named.get());
        }
        Optional<List<RemoteIndex>> ofSettings = ofSettings(project);
        return ofSettings.isPresent() ? ofSettings.get() : List.of(ofPip(defaultIndex.address()));
    }

    /** @return empty where the index of pip is to be asked */
    private Optional<List<RemoteIndex>> ofSettings(String project) {
        List<RemoteIndex> pinned = configured.stream()
                .filter(index -> index.settings().packages().match(project))
                .toList();
        if (!pinned.isEmpty()) {
            return Optional.of(pinned);
        }
        List<RemoteIndex> general = configured.stream()
                .filter(index -> index.settings().packages().isEmpty())
                .toList();
        return general.isEmpty() && config.defaultIndex() ? Optional.empty() : Optional.of(general);
    }

    /** An index of the settings by its name. */
    Optional<RemoteIndex> find(String name) {
        return configured.stream().filter(index -> index.name().equals(name)).findFirst();
    }

    private synchronized RemoteIndex ofPip(String address) throws IndexUnreachableException {
        try {
            URI url = new URI(address.endsWith("/") ? address : address + "/");
            if (ofPip == null || !ofPip.settings().url().equals(url)) {
                ofPip = new RemoteIndex(IndexSettings.ofDefault(url, config.minimumAge(), network), client);
            }
            return ofPip;
        } catch (URISyntaxException | IllegalArgumentException invalid) {
            throw new IndexUnreachableException(
                    DEFAULT, "The package index that pip has by default has no address that can be used.");
        }
    }
}
