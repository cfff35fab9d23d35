package dev.datapipeline.identity.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.AuthConfig;
import dev.datapipeline.identity.AuthMode;
import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Role;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.testing.TestUsers;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class KnownCallersTest {
    private static final DataSource DATABASE = TestDatabase.shared();

    private final Transactions transactions = new Transactions(DATABASE);
    private final AtomicInteger connections = new AtomicInteger();
    private final TestUsers users = new TestUsers(DATABASE);
    private final UUID account = users.account(Role.EDITOR);
    private final AtomicLong now = new AtomicLong();

    private final KnownCallers callers = new KnownCallers(
            new Transactions(counted()), new SessionTable(new Settings()), new ApiKeyTable(), Runnable::run, now::get);

    /** The database, which counts how often it is asked. */
    private DataSource counted() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    connections.incrementAndGet();
                    return method.invoke(DATABASE, arguments);
                });
    }

    private record Settings() implements AuthConfig {
        @Override
        public AuthMode mode() {
            return AuthMode.REQUIRED;
        }

        @Override
        public Duration sessionIdleTimeout() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration sessionLifetime() {
            return Duration.ofHours(2);
        }

        @Override
        public Duration linkLifetime() {
            return Duration.ofHours(3);
        }
    }

    private Credential session() {
        return Credential.Session.of(users.session(account)).orElseThrow();
    }

    private Optional<Role> roleOf(Credential credential) {
        return callers.of(credential).join().map(Caller::role);
    }

    private void change(String statement) {
        transactions.run(transaction ->
                transaction.query(Sql.of(statement)).set("account", account).update());
    }

    @Test
    void aSessionIsLookedUpOnceInTwoSeconds() {
        Credential session = session();
        for (int request = 0; request < 1_000; request++) {
            assertEquals(Optional.of(Role.EDITOR), roleOf(session));
        }
        assertEquals(1, connections.get());

        now.addAndGet(KnownCallers.REMEMBERED.toNanos());
        roleOf(session);

        assertEquals(2, connections.get());
    }

    @Test
    void whatAnotherNodeRevokesIsRefusedAfterTwoSeconds() {
        Credential session = session();
        Credential key = Credential.Key.of(users.key(account, Role.VIEWER)).orElseThrow();
        assertEquals(Optional.of(Role.EDITOR), roleOf(session));
        assertEquals(Optional.of(Role.VIEWER), roleOf(key));

        change("update account set active = false where id = :account");
        now.addAndGet(KnownCallers.REMEMBERED.toNanos());

        assertTrue(roleOf(session).isEmpty());
        assertTrue(roleOf(key).isEmpty());
    }

    @Test
    void whatThisNodeRevokesIsRefusedAtOnce() {
        Credential session = session();
        roleOf(session);

        change("delete from login_session where account_id = :account");
        callers.forget(session);

        assertTrue(roleOf(session).isEmpty());
    }

    @Test
    void sessionsEndWhenTheyAreNotUsedAndWhenTheirTimeIsOver() {
        Credential idle = session();
        change("update login_session set last_used_at = now() - interval '61 minutes' where account_id = :account");
        assertTrue(roleOf(idle).isEmpty());

        Credential old = session();
        change("update login_session set expires_at = now() where account_id = :account");
        assertTrue(roleOf(old).isEmpty());
    }

    @Test
    void keysEndWhenTheyExpireAndNeedTheirWholeSecret() {
        String text = users.key(account, Role.VIEWER);
        Credential key = Credential.Key.of(text).orElseThrow();
        char last = text.charAt(text.length() - 1);
        String other = text.substring(0, text.length() - 1) + (last == 'A' ? 'B' : 'A');
        assertTrue(roleOf(Credential.Key.of(other).orElseThrow()).isEmpty());

        change("update api_key set expires_at = now() where account_id = :account");

        assertTrue(roleOf(key).isEmpty());
    }

    @Test
    void theUseOfASessionIsRecordedOnceAMinute() {
        Credential session = session();
        change("update login_session set last_used_at = now() - interval '59 seconds' where account_id = :account");
        roleOf(session);
        assertTrue(isUsedBefore("50 seconds"));

        change("update login_session set last_used_at = now() - interval '61 seconds' where account_id = :account");
        callers.forgetAll();
        roleOf(session);

        assertTrue(!isUsedBefore("50 seconds"));
    }

    private boolean isUsedBefore(String ago) {
        return transactions.run(transaction -> transaction
                .query(
                        Sql.of(
                                "select from login_session where account_id = :account and last_used_at < now() - :ago::interval"))
                .set("account", account)
                .set("ago", ago)
                .exists());
    }
}
