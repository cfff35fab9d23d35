package dev.datapipeline.identity.account;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.AuthConfig;
import dev.datapipeline.identity.AuthMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.smallrye.config.ConfigValidationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jboss.logging.Logger;

/** Whether there are users. It is decided at the start and never changes; before that the service takes nobody for its only user. */
@Singleton
public class UserMode {
    private static final Logger LOG = Logger.getLogger(UserMode.class);
    private static final int EARLY = 100;

    private final AuthConfig config;
    private final VertxHttpConfig http;
    private final Transactions transactions;
    private final AccountTable accounts;
    private final Provider<FirstAdministrator> firstAdministrator;
    private volatile boolean isSingleUser;

    UserMode(
            AuthConfig config,
            VertxHttpConfig http,
            Transactions transactions,
            AccountTable accounts,
            Provider<FirstAdministrator> firstAdministrator) {
        this.config = config;
        this.http = http;
        this.transactions = transactions;
        this.accounts = accounts;
        this.firstAdministrator = firstAdministrator;
    }

    /** Whether everybody who can send requests may do everything. */
    public boolean isSingleUser() {
        return isSingleUser;
    }

    void decide(@Observes @Priority(EARLY) StartupEvent event) {
        boolean hasUsers = !transactions.run(accounts::isEmpty);
        boolean isPublic = !isLoopback(http.host());
        isSingleUser = isSingleUser(config.mode(), hasUsers, isPublic);
        if (isSingleUser && isPublic) {
            LOG.warn(
                    "The service listens on more than this machine's own addresses, and datapipeline.auth is off: whoever can reach it"
                            + " may do everything.");
        }
        if (!isSingleUser && !hasUsers) {
            LOG.warnf(
                    "There are no users yet. Open http://localhost:%d/first-administrator#%s to make the first administrator; the link works"
                            + " once, until the service ends. Elsewhere, put the address of the service before its path.",
                    http.port(), firstAdministrator.get().invite());
        }
    }

    /** @throws ConfigValidationException when everybody could do everything although there are users */
    static boolean isSingleUser(AuthMode mode, boolean hasUsers, boolean isPublic) {
        if (mode == AuthMode.OFF && hasUsers) {
            throw refused();
        }
        return switch (mode) {
            case AUTOMATIC -> !hasUsers && !isPublic;
            case REQUIRED -> false;
            case OFF -> true;
        };
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static ConfigValidationException refused() {
        return new ConfigValidationException(new ConfigValidationException.Problem[] {
            new ConfigValidationException.Problem(
                    "datapipeline.auth is off, but there are users: everybody could do everything. Remove the setting.")
        });
    }
}
