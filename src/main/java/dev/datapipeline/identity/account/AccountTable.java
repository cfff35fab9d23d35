package dev.datapipeline.identity.account;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.identity.Role;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of users. */
@Singleton
class AccountTable {
    private static final String COLUMNS = """
            select a.id, a.username, a.role, a.active, a.password_hash is not null as has_password, a.created_at,
                   greatest((select max(last_used_at) from login_session where account_id = a.id),
                            (select max(last_used_at) from api_key where account_id = a.id)) as last_seen_at
              from account a
            """;

    private static final Sql LIST = Sql.of(COLUMNS + " order by a.username");
    private static final Sql FIND = Sql.of(COLUMNS + " where a.id = :id");
    private static final Sql FIND_BY_NAME = Sql.of(COLUMNS + " where a.username = :username");

    private static final Sql STORED_PASSWORD =
            Sql.of("select id, password_hash from account where username = :username and active");

    private static final Sql PASSWORD_OF =
            Sql.of("select coalesce(password_hash, '') as password_hash from account where id = :id and active");

    private static final Sql INSERT = Sql.of("""
            insert into account (id, username, role, password_hash, password_changed_at)
            values (:id, :username, :role, :password::text, case when :password::text is null then null else now() end)""");

    /** Whoever gets an account begins in the project that everybody knows. */
    private static final Sql JOIN_DEFAULT =
            Sql.of("insert into project_member (project_id, account_id, role) values (:project, :account, :role)");

    private static final Sql CHANGE_IN_DEFAULT =
            Sql.of("update project_member set role = :role where project_id = :project and account_id = :account");

    private static final Sql UPDATE = Sql.of("update account set role = :role, active = :active where id = :id");

    private static final Sql SET_PASSWORD =
            Sql.of("update account set password_hash = :password, password_changed_at = now() where id = :id");

    /** Held while it is decided whether somebody may be made the first or cease to be the last administrator. */
    private static final Sql LOCK = Sql.of("lock table account in share row exclusive mode");

    private static final Sql ANY = Sql.of("select from account limit 1");

    private static final Sql OTHER_ADMINISTRATOR = Sql.of(
            "select from account where role = 'ADMIN' and active and password_hash is not null and id <> :id limit 1");

    List<Account> list(Transaction transaction) {
        return transaction.query(LIST).list(AccountTable::account);
    }

    Optional<Account> find(Transaction transaction, UUID id) {
        return transaction.query(FIND).set("id", id).first(AccountTable::account);
    }

    Optional<Account> find(Transaction transaction, String username) {
        return transaction.query(FIND_BY_NAME).set("username", username).first(AccountTable::account);
    }

    /** @param hash null if the user has not chosen a password */
    record StoredPassword(UUID account, @Nullable String hash) {}

    Optional<StoredPassword> passwordOf(Transaction transaction, String username) {
        return transaction
                .query(STORED_PASSWORD)
                .set("username", username)
                .first(row -> new StoredPassword(row.id("id"), row.optionalText("password_hash")));
    }

    Optional<String> passwordOf(Transaction transaction, UUID id) {
        return transaction.query(PASSWORD_OF).set("id", id).first(row -> row.text("password_hash"));
    }

    void insert(Transaction transaction, UUID id, String username, Role role, @Nullable String passwordHash) {
        transaction
                .query(INSERT)
                .set("id", id)
                .set("username", username)
                .set("role", role)
                .set("password", passwordHash)
                .update();
        setRoleInDefault(transaction, JOIN_DEFAULT, id, role);
    }

    void update(Transaction transaction, UUID id, Role role, boolean active) {
        transaction
                .query(UPDATE)
                .set("id", id)
                .set("role", role)
                .set("active", active)
                .update();
        setRoleInDefault(transaction, CHANGE_IN_DEFAULT, id, role);
    }

    private static void setRoleInDefault(Transaction transaction, Sql statement, UUID account, Role role) {
        transaction
                .query(statement)
                .set("project", Membership.DEFAULT_PROJECT)
                .set("account", account)
                .set("role", role)
                .update();
    }

    void setPassword(Transaction transaction, UUID id, String hash) {
        transaction.query(SET_PASSWORD).set("id", id).set("password", hash).update();
    }

    void lock(Transaction transaction) {
        transaction.query(LOCK).update();
    }

    boolean isEmpty(Transaction transaction) {
        return !transaction.query(ANY).exists();
    }

    boolean hasOtherAdministrator(Transaction transaction, UUID than) {
        return transaction.query(OTHER_ADMINISTRATOR).set("id", than).exists();
    }

    private static Account account(Row row) {
        return new Account(
                row.id("id"),
                row.text("username"),
                row.constant(Role.class, "role"),
                row.isTrue("active"),
                row.isTrue("has_password"),
                row.instant("created_at"),
                row.optionalInstant("last_seen_at"));
    }
}
