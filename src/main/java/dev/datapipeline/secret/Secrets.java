package dev.datapipeline.secret;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of the instance by name. Their values are in memory; what another process changes is known here within half a minute.
 * Thread-safe.
 */
@Singleton
public class Secrets implements SecretLookup {
    private static final Logger LOG = Logger.getLogger(Secrets.class);
    private static final int AFTER_KEYS = 120;
    private static final int MOST = 200;
    /** Secrets of the instance belong to no project. */
    private static final @Nullable UUID INSTANCE = null;

    private final Transactions transactions;
    private final SecretTable table;
    private final MasterKeys keys;
    private volatile Map<String, String> values = Map.of();

    Secrets(Transactions transactions, SecretTable table, MasterKeys keys) {
        this.transactions = transactions;
        this.table = table;
        this.keys = keys;
    }

    void load(@Observes @Priority(AFTER_KEYS) StartupEvent started) {
        reload();
    }

    @Scheduled(every = "30s", delayed = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    void follow() {
        try {
            reload();
        } catch (DatabaseException away) {
            LOG.debugf("The secrets stay as they were: %s", away.getMessage());
        }
    }

    @Override
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public List<SecretInfo> list() {
        return transactions.run(transaction -> table.list(transaction, INSTANCE));
    }

    /**
     * Sets the value of a secret, which is made where there is none of the name.
     *
     * @param changedBy who does it
     */
    public void put(String name, String value, String changedBy) {
        SecretRules.checkName(name);
        SecretRules.checkValue(value);
        transactions.run(transaction -> {
            Optional<UUID> there = table.idForUpdate(transaction, INSTANCE, name);
            if (there.isEmpty() && table.count(transaction, INSTANCE) >= MOST) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "There are %d secrets already. Delete one that is not used.".formatted(MOST));
            }
            UUID id = there.orElseGet(UUID::randomUUID);
            SealedSecret sealed = SealedSecret.seal(keys.current(), id, INSTANCE, name, value);
            if (there.isEmpty()) {
                table.insert(transaction, sealed, changedBy);
            } else {
                table.replace(transaction, sealed, changedBy);
            }
            return true;
        });
        reload();
    }

    public void delete(String name) {
        boolean isDeleted = transactions.run(transaction -> table.delete(transaction, INSTANCE, name));
        if (!isDeleted) {
            throw ProblemException.notFound("secret");
        }
        reload();
    }

    private synchronized void reload() {
        Map<String, String> opened = new HashMap<>();
        for (SealedSecret secret : transactions.run(table::ofInstance)) {
            try {
                opened.put(secret.name(), secret.open(keys.find(secret.keyId())));
            } catch (IllegalStateException damaged) {
                LOG.errorf(
                        "The secret %s cannot be opened, since it was changed in the database: set it anew",
                        secret.name());
            }
        }
        values = Map.copyOf(opened);
    }
}
