package dev.datapipeline.identity.credential;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Role;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of API keys. */
@Singleton
class ApiKeyTable {
    private static final Sql INSERT = Sql.of("""
            insert into api_key (id, account_id, project_id, name, secret_hash, role, expires_at)
            values (:id, :account, :project, :name, :hash, :role, :expires)
            returning id, name, (select p.name from project p where p.id = project_id) as project, role, created_at, expires_at,
                      last_used_at""");

    private static final Sql VALID = Sql.of("""
            select k.account_id, a.username, a.role as account_role, k.role, k.secret_hash,
                   coalesce(k.last_used_at > now() - interval '1 minute', false) as touched
              from api_key k join account a on a.id = k.account_id
             where k.id = :id and a.active and (k.expires_at is null or k.expires_at > now())""");

    private static final Sql TOUCH = Sql.of("update api_key set last_used_at = now() where id = :id");

    private static final Sql LIST = Sql.of("""
            select k.id, k.name, p.name as project, k.role, k.created_at, k.expires_at, k.last_used_at
              from api_key k join project p on p.id = k.project_id
             where k.account_id = :account order by k.created_at desc, k.id""");

    private static final Sql COUNT = Sql.of("select count(*) as keys from api_key where account_id = :account");

    private static final Sql DELETE = Sql.of("delete from api_key where account_id = :account and id = :id");

    ApiKeyInfo insert(Transaction transaction, UUID account, Credential.Key key, NewKeys.Wanted wanted) {
        return transaction
                .query(INSERT)
                .set("id", key.id())
                .set("account", account)
                .set("project", wanted.project())
                .set("name", wanted.name())
                .set("hash", key.secretHash())
                .set("role", wanted.role())
                .set("expires", wanted.expiresAt())
                .only(ApiKeyTable::info);
    }

    /** @param role of the account */
    private record Stored(UUID account, String username, Role role, Role ofKey, String secretHash, boolean isTouched) {
        Caller caller(Transaction transaction, String key) {
            return new Caller(account, username, role.and(ofKey), null, MembershipTable.ofKey(transaction, key, ofKey));
        }
    }

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
        return found.map(stored -> stored.caller(transaction, key.id()));
    }

    private static Stored stored(Row row) {
        return new Stored(
                row.id("account_id"),
                row.text("username"),
                row.constant(Role.class, "account_role"),
                row.constant(Role.class, "role"),
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
                row.text("project"),
                row.constant(Role.class, "role"),
                row.instant("created_at"),
                row.optionalInstant("expires_at"),
                row.optionalInstant("last_used_at"));
    }
}
