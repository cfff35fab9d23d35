package dev.datapipeline.identity.credential;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Role;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of API keys. */
@Singleton
class ApiKeyTable {
    private static final Sql INSERT = Sql.of("""
            insert into api_key (id, account_id, name, secret_hash, role, expires_at)
            values (:id, :account, :name, :hash, :role, :expires)
            returning id, name, role, created_at, expires_at, last_used_at""");

    private static final Sql VALID = Sql.of("""
            select k.account_id, a.username, a.role as account_role, k.role, k.secret_hash,
                   coalesce(k.last_used_at > now() - interval '1 minute', false) as touched
              from api_key k join account a on a.id = k.account_id
             where k.id = :id and a.active and (k.expires_at is null or k.expires_at > now())""");

    private static final Sql TOUCH = Sql.of("update api_key set last_used_at = now() where id = :id");

    private static final Sql LIST = Sql.of("""
            select id, name, role, created_at, expires_at, last_used_at from api_key
             where account_id = :account order by created_at desc, id""");

    private static final Sql COUNT = Sql.of("select count(*) as keys from api_key where account_id = :account");

    private static final Sql DELETE = Sql.of("delete from api_key where account_id = :account and id = :id");

    ApiKeyInfo insert(
            Transaction transaction,
            UUID account,
            Credential.Key key,
            String name,
            Role role,
            @Nullable Instant expiresAt) {
        return transaction
                .query(INSERT)
                .set("id", key.id())
                .set("account", account)
                .set("name", name)
                .set("hash", key.secretHash())
                .set("role", role)
                .set("expires", expiresAt)
                .only(ApiKeyTable::info);
    }

    private record Stored(Caller caller, String secretHash, boolean isTouched) {}

    /** The caller, and the use of the key is recorded. */
    Optional<Caller> check(Transaction transaction, Credential.Key key) {
        Optional<Stored> found = transaction
                .query(VALID)
                .set("id", key.id())
                .first(ApiKeyTable::stored)
                .filter(stored -> isSame(stored.secretHash(), key.secretHash()));
        if (found.isPresent() && !found.get().isTouched()) {
            transaction.query(TOUCH).set("id", key.id()).update();
        }
        return found.map(Stored::caller);
    }

    private static Stored stored(Row row) {
        Role role = row.constant(Role.class, "role").and(row.constant(Role.class, "account_role"));
        return new Stored(
                new Caller(row.id("account_id"), row.text("username"), role, null),
                row.text("secret_hash"),
                row.isTrue("touched"));
    }

    List<ApiKeyInfo> list(Transaction transaction, UUID account) {
        return transaction.query(LIST).set("account", account).list(ApiKeyTable::info);
    }

    int count(Transaction transaction, UUID account) {
        return transaction.query(COUNT).set("account", account).only(row -> row.integer("keys"));
    }

    boolean delete(Transaction transaction, UUID account, String id) {
        return transaction.query(DELETE).set("account", account).set("id", id).update() > 0;
    }

    private static boolean isSame(String digest, String other) {
        return MessageDigest.isEqual(
                digest.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static ApiKeyInfo info(Row row) {
        return new ApiKeyInfo(
                row.text("id"),
                row.text("name"),
                row.constant(Role.class, "role"),
                row.instant("created_at"),
                row.optionalInstant("expires_at"),
                row.optionalInstant("last_used_at"));
    }
}
