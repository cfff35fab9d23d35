package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.secret.SecretLookup;
import dev.datapipeline.secret.SecretMask;
import java.util.Optional;
import java.util.function.Supplier;

/** User and password of an index as they are now. A secret of the service may change at any time. */
final class IndexPassword {
    private final boolean isConfigured;
    private final String user;
    private final Supplier<Optional<String>> password;

    private IndexPassword(boolean isConfigured, String user, Supplier<Optional<String>> password) {
        this.isConfigured = isConfigured;
        this.user = user;
        this.password = password;
    }

    static IndexPassword none() {
        return new IndexPassword(false, "", Optional::empty);
    }

    static IndexPassword of(String user, String password) {
        return new IndexPassword(true, user, () -> Optional.of(password));
    }

    /** There is neither user nor password while there is no such secret. */
    static IndexPassword ofSecret(String user, String name, SecretLookup secrets) {
        return new IndexPassword(true, user, () -> secrets.find(name));
    }

    /** Whether the settings name one, whatever it is now. */
    boolean isConfigured() {
        return isConfigured;
    }

    Optional<Credentials> now() {
        return password.get().map(text -> new Credentials(user, text));
    }

    String mask(String said) {
        return new SecretMask(password.get().stream().toList()).mask(said);
    }

    @Override
    public String toString() {
        return "(password)";
    }
}
