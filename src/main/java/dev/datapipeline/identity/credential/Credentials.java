package dev.datapipeline.identity.credential;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.SecretToken;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The sessions and API keys of one person: lists, new keys, and their end. */
@Singleton
public class Credentials {
    private static final int MOST_KEYS = 50;
    private static final int ID_LENGTH = 16;

    private final Transactions transactions;
    private final SessionTable sessions;
    private final ApiKeyTable keys;
    private final KnownCallers callers;

    Credentials(Transactions transactions, SessionTable sessions, ApiKeyTable keys, KnownCallers callers) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.keys = keys;
        this.callers = callers;
    }

    /** @param key the whole key, which is shown once */
    public record NewKey(ApiKeyInfo info, String key) {}

    public List<SessionInfo> sessions(UUID account) {
        return transactions.run(transaction -> sessions.list(transaction, account));
    }

    public void endSession(UUID account, UUID session) {
        boolean isEnded = transactions.run(transaction -> sessions.delete(transaction, account, session));
        callers.forgetAll();
        if (!isEnded) {
            throw ProblemException.notFound("session");
        }
    }

    public void endSessions(UUID account) {
        transactions.run(transaction -> {
            sessions.deleteAll(transaction, account, null);
            return true;
        });
        callers.forgetAll();
    }

    public List<ApiKeyInfo> keys(UUID account) {
        return transactions.run(transaction -> keys.list(transaction, account));
    }

    public NewKey createKey(UUID account, String name, Role role, @Nullable Instant expiresAt) {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH);
        String key = "dpf_" + id + "_" + SecretToken.random();
        Credential.Key checked = Credential.Key.of(key).orElseThrow();
        ApiKeyInfo info = transactions.run(transaction -> {
            if (keys.count(transaction, account) >= MOST_KEYS) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "A person has at most " + MOST_KEYS + " API keys. Delete one that is not used any more.");
            }
            return keys.insert(transaction, account, checked, name, role, expiresAt);
        });
        return new NewKey(info, key);
    }

    public void deleteKey(UUID account, String id) {
        boolean isDeleted = transactions.run(transaction -> keys.delete(transaction, account, id));
        callers.forgetAll();
        if (!isDeleted) {
            throw ProblemException.notFound("API key");
        }
    }
}
