package dev.datapipeline.identity.credential;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.Caller;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Says who makes a request. A session or key is looked up in the database at most once in two seconds, and what was revoked elsewhere is
 * refused after two seconds; what this process revokes is refused at once. Thread-safe, and never blocks.
 */
@Singleton
public class KnownCallers {
    static final Duration REMEMBERED = Duration.ofSeconds(2);

    /** Unknown credentials are remembered as well, so their number needs a bound. */
    private static final int MOST_REMEMBERED = 20_000;

    /** Few, so that a flood of made-up credentials leaves connections of the database to others. */
    private static final int LOOKUPS_AT_ONCE = 4;

    private final Transactions transactions;
    private final SessionTable sessions;
    private final ApiKeyTable keys;
    private final @Nullable WorkerExecutor workers;
    private final AsyncCache<Credential, Optional<Caller>> known;

    @Inject
    KnownCallers(Transactions transactions, SessionTable sessions, ApiKeyTable keys, Vertx vertx) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.keys = keys;
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("callers", LOOKUPS_AT_ONCE);
        this.workers = workers;
        this.known = cache(
                Ticker.systemTicker(),
                task -> workers.executeBlocking(
                        () -> {
                            task.run();
                            return true;
                        },
                        false));
    }

    /** For tests: looks up with this executor, by this clock. */
    KnownCallers(Transactions transactions, SessionTable sessions, ApiKeyTable keys, Executor executor, Ticker ticker) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.keys = keys;
        this.workers = null;
        this.known = cache(ticker, executor);
    }

    private static AsyncCache<Credential, Optional<Caller>> cache(Ticker ticker, Executor executor) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker)
                .executor(executor)
                .buildAsync();
    }

    /** Empty when the credential is not valid. Fails when the database does. */
    public CompletableFuture<Optional<Caller>> of(Credential credential) {
        return known.get(credential, this::lookUp);
    }

    private Optional<Caller> lookUp(Credential credential) {
        return transactions.run(transaction -> switch (credential) {
            case Credential.Session session -> sessions.check(transaction, session);
            case Credential.Key key -> keys.check(transaction, key);
        });
    }

    /** To be called after the end of one session. */
    public void forget(Credential credential) {
        known.synchronous().invalidate(credential);
    }

    /** To be called after every other change of sessions, keys and accounts. */
    public void forgetAll() {
        known.synchronous().invalidateAll();
    }

    @PreDestroy
    void close() {
        if (workers != null) {
            workers.close();
        }
    }
}
