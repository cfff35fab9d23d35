package dev.datapipeline.server.postgres;

import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;

/** Gives credentials to the connection pool; waits until the embedded database is up. */
@Singleton
@Unremovable
@Named(EmbeddedCredentials.NAME)
class EmbeddedCredentials implements CredentialsProvider {
    static final String NAME = "embedded-database";

    @Override
    public Map<String, String> getCredentials(String provider) {
        EmbeddedDatabase database = PostgresSupervisor.awaitFirst();
        return Map.of(USER_PROPERTY_NAME, database.user(), PASSWORD_PROPERTY_NAME, database.password());
    }
}
