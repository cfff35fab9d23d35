package dev.datapipeline.identity.credential;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.identity.AuthConfig;
import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.SecretToken;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of sessions. */
@Singleton
public class SessionTable {
    /** So that a client that signs in over and over cannot fill the table. */
    private static final int MOST_PER_ACCOUNT = 50;

    private static final Sql INSERT = Sql.of("""
            insert into login_session (id, account_id, secret_hash, expires_at, address, browser)
            values (:id, :account, :hash, now() + :lifetime * interval '1 millisecond', :address, :browser)""");

    private static final Sql DELETE_SURPLUS = Sql.of("""
            delete from login_session where id in (
                select id from login_session where account_id = :account order by last_used_at desc, id offset :most)""");

    private static final Sql DELETE_ENDED = Sql.of("""
            delete from login_session
             where expires_at <= now() or last_used_at <= now() - :idle * interval '1 millisecond'""");

    private static final Sql VALID = Sql.of("""
            select s.id, s.account_id, a.username, a.role, s.last_used_at > now() - interval '1 minute' as touched
              from login_session s join account a on a.id = s.account_id
             where s.secret_hash = :hash and a.active
               and s.expires_at > now() and s.last_used_at > now() - :idle * interval '1 millisecond'""");

    private static final Sql TOUCH = Sql.of("update login_session set last_used_at = now() where id = :id");

    private static final Sql LIST = Sql.of("""
            select id, created_at, last_used_at, expires_at, address, browser from login_session
             where account_id = :account and expires_at > now() and last_used_at > now() - :idle * interval '1 millisecond'
             order by last_used_at desc, id""");

    private static final Sql DELETE = Sql.of("delete from login_session where account_id = :account and id = :id");

    private static final Sql DELETE_BY_HASH = Sql.of("delete from login_session where secret_hash = :hash");

    private static final Sql DELETE_OF_ACCOUNT =
            Sql.of("delete from login_session where account_id = :account and id is distinct from :kept::uuid");

    private final AuthConfig config;

    SessionTable(AuthConfig config) {
        this.config = config;
    }

    /** @return the secret, for the cookie */
    public String create(Transaction transaction, UUID account, @Nullable String address, @Nullable String browser) {
        String secret = SecretToken.random();
        transaction.query(DELETE_ENDED).set("idle", config.sessionIdleTimeout()).update();
        transaction
                .query(INSERT)
                .set("id", UUID.randomUUID())
                .set("account", account)
                .set("hash", SecretToken.digest(secret))
                .set("lifetime", config.sessionLifetime())
                .set("address", address)
                .set("browser", browser)
                .update();
        transaction
                .query(DELETE_SURPLUS)
                .set("account", account)
                .set("most", MOST_PER_ACCOUNT)
                .update();
        return secret;
    }

    private record Stored(UUID account, String username, Role role, UUID id, boolean isTouched) {
        Caller caller(Transaction transaction) {
            return new Caller(account, username, role, id, MembershipTable.ofAccount(transaction, account));
        }
    }

    /** The caller, and the use of the session is recorded. */
    Optional<Caller> check(Transaction transaction, Credential.Session session) {
        Optional<Stored> found = transaction
                .query(VALID)
                .set("hash", session.secretHash())
                .set("idle", config.sessionIdleTimeout())
                .first(SessionTable::stored);
        if (found.isPresent() && !found.get().isTouched()) {
            transaction.query(TOUCH).set("id", found.get().id()).update();
        }
        return found.map(stored -> stored.caller(transaction));
    }

    private static Stored stored(Row row) {
        return new Stored(
                row.id("account_id"),
                row.text("username"),
                row.constant(Role.class, "role"),
                row.id("id"),
                row.isTrue("touched"));
    }

    List<SessionInfo> list(Transaction transaction, UUID account) {
        return transaction
                .query(LIST)
                .set("account", account)
                .set("idle", config.sessionIdleTimeout())
                .list(SessionTable::info);
    }

    boolean delete(Transaction transaction, UUID account, UUID id) {
        return transaction.query(DELETE).set("account", account).set("id", id).update() > 0;
    }

    public void delete(Transaction transaction, Credential.Session session) {
        transaction.query(DELETE_BY_HASH).set("hash", session.secretHash()).update();
    }

    /** @param kept a session that stays; null to end all of them */
    public void deleteAll(Transaction transaction, UUID account, @Nullable UUID kept) {
        transaction
                .query(DELETE_OF_ACCOUNT)
                .set("account", account)
                .set("kept", kept)
                .update();
    }

    private static SessionInfo info(Row row) {
        return new SessionInfo(
                row.id("id"),
                row.instant("created_at"),
                row.instant("last_used_at"),
                row.instant("expires_at"),
                row.optionalText("address"),
                row.optionalText("browser"));
    }
}
