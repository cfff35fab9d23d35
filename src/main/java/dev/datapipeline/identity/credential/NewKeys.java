package dev.datapipeline.identity.credential;

import dev.datapipeline.database.Transaction;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.SecretToken;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes API keys. */
@Singleton
public class NewKeys {
    private static final int MOST_PER_ACCOUNT = 50;
    private static final int ID_LENGTH = 16;

    private final ApiKeyTable keys;

    NewKeys(ApiKeyTable keys) {
        this.keys = keys;
    }

    /** For programs without a container. */
    public static NewKeys offline() {
        return new NewKeys(new ApiKeyTable());
    }

    /** @param key the whole key, which is shown once */
    public record NewKey(ApiKeyInfo info, String key) {}

    /**
     * A key to be made.
     *
     * @param project to which it belongs
     * @param role in that project
     * @param expiresAt null for a key that is valid until it is deleted
     */
    public record Wanted(
            UUID project, String name, Role role, @Nullable Instant expiresAt) {}

    public NewKey create(Transaction transaction, UUID account, Wanted wanted) {
        if (keys.count(transaction, account) >= MOST_PER_ACCOUNT) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "A person has at most " + MOST_PER_ACCOUNT + " API keys. Delete one that is not used any more.");
        }
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH);
        String key = "dpf_" + id + "_" + SecretToken.random();
        Credential.Key checked = Credential.Key.of(key).orElseThrow();
        return new NewKey(keys.insert(transaction, account, checked, wanted), key);
    }
}
