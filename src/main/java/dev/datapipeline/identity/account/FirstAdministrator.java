package dev.datapipeline.identity.account;

import dev.datapipeline.identity.SecretToken;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The link for the first administrator, valid until it is used or the process ends. Whoever can read the log may make the first administrator. */
@Singleton
public class FirstAdministrator {
    private final Passwords passwords;
    private final AtomicReference<@Nullable String> secretHash = new AtomicReference<>();

    FirstAdministrator(Passwords passwords) {
        this.passwords = passwords;
    }

    /** @return the secret of a link */
    String invite() {
        String secret = SecretToken.random();
        secretHash.set(SecretToken.digest(secret));
        return secret;
    }

    /** Whether nobody can sign in yet, because there is nobody. */
    public boolean isAwaited() {
        return secretHash.get() != null;
    }

    public UUID create(String secret, String username, String password) {
        String expected = secretHash.get();
        if (expected == null || !SecretToken.matches(secret, expected)) {
            throw Passwords.invalidLink();
        }
        UUID created = passwords.createFirst(username, password).orElseThrow(Passwords::invalidLink);
        secretHash.set(null);
        return created;
    }
}
