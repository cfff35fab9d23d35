package dev.datapipeline.identity.credential;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** The sessions and API keys of one person: lists, new keys, and their end. */
@Singleton
public class Credentials {
    private final Transactions transactions;
    private final SessionTable sessions;
    private final ApiKeyTable keys;
    private final NewKeys newKeys;
    private final KnownCallers callers;

    Credentials(
            Transactions transactions, SessionTable sessions, ApiKeyTable keys, NewKeys newKeys, KnownCallers callers) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.keys = keys;
        this.newKeys = newKeys;
        this.callers = callers;
    }

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

    public NewKeys.NewKey createKey(UUID account, NewKeys.Wanted wanted) {
        return transactions.run(transaction -> newKeys.create(transaction, account, wanted));
    }

    public void deleteKey(UUID account, String id) {
        boolean isDeleted = transactions.run(transaction -> keys.delete(transaction, account, id));
        callers.forgetAll();
        if (!isDeleted) {
            throw ProblemException.notFound("API key");
        }
    }
}
