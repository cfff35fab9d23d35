package dev.datapipeline.secret;

import java.util.Optional;

/** The values of secrets, for those who send them on. Never blocks. */
public interface SecretLookup {
    /** @return empty where the instance has no such secret */
    Optional<String> find(String name);
}
