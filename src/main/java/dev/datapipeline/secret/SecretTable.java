package dev.datapipeline.secret;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of secrets. A project that is null stands for the instance. */
@Singleton
class SecretTable {
    private static final String SEALED = "select id, project_id, name, key_id, sealed from secret";

    private static final Sql LIST = Sql.of("""
            select name, created_at, changed_at, changed_by from secret
             where project_id is not distinct from :project::uuid order by name""");

    private static final Sql COUNT =
            Sql.of("select count(*) as secrets from secret where project_id is not distinct from :project::uuid");

    private static final Sql ID_FOR_UPDATE = Sql.of("""
            select id from secret where project_id is not distinct from :project::uuid and name = :name for update""");

    private static final Sql INSERT = Sql.of("""
            insert into secret (id, project_id, name, key_id, sealed, changed_by)
            values (:id, :project, :name, :key, :sealed, :by)""");

    private static final Sql REPLACE = Sql.of(
            "update secret set key_id = :key, sealed = :sealed, changed_at = now(), changed_by = :by where id = :id");

    private static final Sql SEAL_ANEW = Sql.of("update secret set key_id = :key, sealed = :sealed where id = :id");

    private static final Sql DELETE =
            Sql.of("delete from secret where project_id is not distinct from :project::uuid and name = :name");

    private static final Sql OF_INSTANCE = Sql.of(SEALED + " where project_id is null");
    private static final Sql ALL_FOR_UPDATE = Sql.of(SEALED + " order by id for update");
    private static final Sql COUNT_BY_KEY = Sql.of("select key_id, count(*) as secrets from secret group by key_id");
    private static final Sql DELETE_OTHERS = Sql.of("delete from secret where key_id <> all(:keys)");

    List<SecretInfo> list(Transaction transaction, @Nullable UUID project) {
        return transaction
                .query(LIST)
                .set("project", project)
                .list(row -> new SecretInfo(
                        row.text("name"),
                        row.instant("created_at"),
                        row.instant("changed_at"),
                        row.text("changed_by")));
    }

    int count(Transaction transaction, @Nullable UUID project) {
        return transaction.query(COUNT).set("project", project).only(row -> row.integer("secrets"));
    }

    /** Of a secret that is there, which nobody else changes until the end of the transaction. */
    Optional<UUID> idForUpdate(Transaction transaction, @Nullable UUID project, String name) {
        return transaction
                .query(ID_FOR_UPDATE)
                .set("project", project)
                .set("name", name)
                .first(row -> row.id("id"));
    }

    void insert(Transaction transaction, SealedSecret secret, String changedBy) {
        transaction
                .query(INSERT)
                .set("id", secret.id())
                .set("project", secret.project())
                .set("name", secret.name())
                .set("key", secret.keyId())
                .set("sealed", secret.sealed())
                .set("by", changedBy)
                .update();
    }

    void replace(Transaction transaction, SealedSecret secret, String changedBy) {
        transaction
                .query(REPLACE)
                .set("id", secret.id())
                .set("key", secret.keyId())
                .set("sealed", secret.sealed())
                .set("by", changedBy)
                .update();
    }

    boolean delete(Transaction transaction, @Nullable UUID project, String name) {
        return transaction
                        .query(DELETE)
                        .set("project", project)
                        .set("name", name)
                        .update()
                > 0;
    }

    List<SealedSecret> ofInstance(Transaction transaction) {
        return transaction.query(OF_INSTANCE).list(SecretTable::sealed);
    }

    List<SealedSecret> allForUpdate(Transaction transaction) {
        return transaction.query(ALL_FOR_UPDATE).list(SecretTable::sealed);
    }

    void sealAnew(Transaction transaction, List<SealedSecret> secrets) {
        transaction
                .query(SEAL_ANEW)
                .updateAll(
                        secrets,
                        (query, secret) -> query.set("id", secret.id())
                                .set("key", secret.keyId())
                                .set("sealed", secret.sealed()));
    }

    /** The number of secrets by the key that they are sealed with. */
    Map<String, Integer> countByKey(Transaction transaction) {
        Map<String, Integer> counts = new HashMap<>();
        transaction.query(COUNT_BY_KEY).forEach(row -> counts.put(row.text("key_id"), row.integer("secrets")));
        return counts;
    }

    int deleteOthers(Transaction transaction, List<String> keys) {
        return transaction
                .query(DELETE_OTHERS)
                .set("keys", keys.toArray(String[]::new))
                .update();
    }

    private static SealedSecret sealed(Row row) {
        return new SealedSecret(
                row.id("id"), row.optionalId("project_id"), row.text("name"), row.text("key_id"), row.text("sealed"));
    }
}
