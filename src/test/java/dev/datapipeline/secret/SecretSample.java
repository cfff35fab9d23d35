package dev.datapipeline.secret;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets that are simply there, for tests. */
public record SecretSample(Map<String, String> values) implements SecretLookup {
    public static SecretSample none() {
        return new SecretSample(new ConcurrentHashMap<>());
    }

    public SecretSample with(String name, String value) {
        values.put(name, value);
        return this;
    }

    @Override
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
