package dev.datapipeline.identity.account;

import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.identity.AuthConfig;
import dev.datapipeline.identity.SecretToken;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The SQL of links with which a person chooses a password once. */
@Singleton
class PasswordLinkTable {
    private static final Sql REPLACE = Sql.of("""
            insert into password_link (account_id, secret_hash, expires_at)
            values (:account, :hash, now() + :lifetime * interval '1 millisecond')
            on conflict (account_id) do update set secret_hash = excluded.secret_hash, expires_at = excluded.expires_at
            returning expires_at""");

    private static final Sql FIND = Sql.of("""
            select a.id, a.username from password_link l join account a on a.id = l.account_id
             where l.secret_hash = :hash and l.expires_at > now() and a.active""");

    private static final Sql USE = Sql.of(
            "delete from password_link where secret_hash = :hash and expires_at > now() and account_id = :account");

    private final Duration lifetime;

    @Inject
    PasswordLinkTable(AuthConfig config) {
        this(config.linkLifetime());
    }

    PasswordLinkTable(Duration lifetime) {
        this.lifetime = lifetime;
    }

    /** Makes the link that the person had before invalid. */
    Instant replace(Transaction transaction, UUID account, String secret) {
        return transaction
                .query(REPLACE)
                .set("account", account)
                .set("hash", SecretToken.digest(secret))
                .set("lifetime", lifetime)
                .only(row -> row.instant("expires_at"));
    }

    record Owner(UUID account, String username) {}

    Optional<Owner> owner(Transaction transaction, String secret) {
        return transaction
                .query(FIND)
                .set("hash", SecretToken.digest(secret))
                .first(row -> new Owner(row.id("id"), row.text("username")));
    }

    /** False if it was used in the meantime. */
    boolean use(Transaction transaction, UUID account, String secret) {
        return transaction
                        .query(USE)
                        .set("hash", SecretToken.digest(secret))
                        .set("account", account)
                        .update()
                > 0;
    }
}
