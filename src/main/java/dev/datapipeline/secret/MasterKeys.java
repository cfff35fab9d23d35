package dev.datapipeline.secret;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.storage.StorageConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigValidationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The master key of this instance, and the one before it while a replacement was not finished. A wrong or lost key ends the start. */
@Singleton
class MasterKeys {
    private static final Logger LOG = Logger.getLogger(MasterKeys.class);
    private static final int EARLY = 110;

    private final Optional<String> setting;
    private final KeyFile file;
    private final SecretTable secrets;
    private final Transactions transactions;
    private volatile List<MasterKey> keys = List.of();

    @Inject
    MasterKeys(SecretsConfig config, StorageConfig storage, SecretTable secrets, Transactions transactions) {
        this(config.key(), file(config.keyFile(), storage.directory()), secrets, transactions);
    }

    MasterKeys(Optional<String> setting, KeyFile file, SecretTable secrets, Transactions transactions) {
        this.setting = setting;
        this.file = file;
        this.secrets = secrets;
        this.transactions = transactions;
    }

    static KeyFile file(Optional<Path> setting, Path dataFolder) {
        return new KeyFile(setting.orElseGet(() -> dataFolder.resolve("secrets.key")));
    }

    void load(@Observes @Priority(EARLY) StartupEvent started) {
        load();
    }

    void load() {
        Map<String, Integer> sealed = transactions.run(secrets::countByKey);
        keys = setting.isPresent() ? ofSetting(setting.get()) : ofFile(sealed);
        Set<String> known = keys.stream().map(MasterKey::id).collect(Collectors.toSet());
        sealed.forEach((id, count) -> {
            if (!known.contains(id)) {
                throw refused(
                        "%s has the key %s, but %d secrets in the database are sealed with the key %s. Put that key back, or remove these"
                                        .formatted(source(), keys.getFirst().id(), count, id)
                                + " secrets with \"bin/admin forget-secrets\" and set them anew.");
            }
        });
    }

    /** The one to seal with. */
    MasterKey current() {
        return keys.getFirst();
    }

    /** @throws IllegalStateException when nobody has the key any more, which is told at the start */
    MasterKey find(String id) {
        return keys.stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no master key " + id));
    }

    private List<MasterKey> ofSetting(String text) {
        try {
            return List.of(MasterKey.parse(text.strip()));
        } catch (IllegalArgumentException invalid) {
            throw refused(
                    "datapipeline.secrets.key is no master key, or was changed: it has the form dpm_<id>_<key>, as in a key file.");
        }
    }

    private List<MasterKey> ofFile(Map<String, Integer> sealed) {
        try {
            if (!file.exists()) {
                create(sealed);
            }
            if (file.isReadableByOthers()) {
                LOG.warnf(
                        "%s has the key to all secrets, and not only its owner may read it: chmod 600 %s",
                        file.path(), file.path());
            }
            return file.read();
        } catch (IllegalArgumentException invalid) {
            throw refused(
                    "The key file %s does not hold a master key, or it was changed. Put the copy from your backup there."
                            .formatted(file.path()));
        } catch (IOException unreadable) {
            throw refused("The key file %s cannot be read or written; it must belong to the user of the service."
                    .formatted(file.path()));
        }
    }

    private void create(Map<String, Integer> sealed) throws IOException {
        if (!sealed.isEmpty()) {
            int count = sealed.values().stream().mapToInt(Integer::intValue).sum();
            throw refused(
                    "The key file %s is missing, and %d secrets in the database cannot be opened without it. Put the copy from your backup"
                                    .formatted(file.path(), count)
                            + " there, or remove these secrets with \"bin/admin forget-secrets\" and set them anew.");
        }
        file.write(List.of(MasterKey.random()));
        LOG.infof(
                "%s was made: it has the key to all secrets. Keep a copy of it, apart from that of the database.",
                file.path().getFileName());
    }

    private String source() {
        return setting.isPresent() ? "datapipeline.secrets.key" : "The key file " + file.path();
    }

    private static ConfigValidationException refused(String message) {
        return new ConfigValidationException(
                new ConfigValidationException.Problem[] {new ConfigValidationException.Problem(message)});
    }
}
