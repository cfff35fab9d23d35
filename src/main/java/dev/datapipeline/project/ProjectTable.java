package dev.datapipeline.project;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.Role;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of projects and their members. */
@Singleton
class ProjectTable {
    private static final String COLUMNS =
            "select id, name, created_at, max_open_runs, max_storage_bytes, max_trials, max_model_money from project";

    private static final Sql LIST = Sql.of(COLUMNS + " order by name");
    private static final Sql FIND = Sql.of(COLUMNS + " where id::text = :named or name = :named");

    private static final Sql INSERT = Sql.of("insert into project (id, name) values (:id, :name)");

    private static final Sql UPDATE = Sql.of("""
            update project
               set name = :name, max_open_runs = :openRuns, max_storage_bytes = :storageBytes, max_trials = :trials,
                   max_model_money = :modelMoney
             where id = :id""");

    private static final Sql DELETE = Sql.of("delete from project where id = :id");

    private static final Sql MEMBERS = Sql.of("""
            select a.id, a.username, a.active, m.role, m.added_at
              from project_member m join account a on a.id = m.account_id
             where m.project_id = :project order by a.username""");

    private static final Sql ACCOUNT =
            Sql.of("select id from account where id::text = :named or username = lower(:named)");

    private static final Sql PUT_MEMBER = Sql.of("""
            insert into project_member (project_id, account_id, role) values (:project, :account, :role)
            on conflict (account_id, project_id) do update set role = excluded.role""");

    private static final Sql DELETE_MEMBER =
            Sql.of("delete from project_member where project_id = :project and account_id = :account");

    /** Held until the end of the transaction while it is decided whether somebody may cease to be the last administrator. */
    private static final Sql LOCK = Sql.of("select from project where id = :id for update");

    private static final Sql LAST_ADMINISTRATOR = Sql.of("""
            select from project_member
             where project_id = :project and role = 'ADMIN'
            having count(*) = 1 and bool_or(account_id = :account)""");

    private final Transactions transactions;

    ProjectTable(Transactions transactions) {
        this.transactions = transactions;
    }

    List<Project> list() {
        return transactions.run(transaction -> transaction.query(LIST).list(ProjectTable::project));
    }

    Optional<Project> find(String named) {
        return transactions.run(
                transaction -> transaction.query(FIND).set("named", named).first(ProjectTable::project));
    }

    void insert(Transaction transaction, UUID id, String name) {
        transaction.query(INSERT).set("id", id).set("name", name).update();
    }

    int update(Transaction transaction, UUID id, String name, Quotas quotas) {
        return transaction
                .query(UPDATE)
                .set("id", id)
                .set("name", name)
                .set("openRuns", quotas.openRuns())
                .set("storageBytes", quotas.storageBytes())
                .set("trials", quotas.trials())
                .set("modelMoney", quotas.modelMoney())
                .update();
    }

    int delete(Transaction transaction, UUID id) {
        return transaction.query(DELETE).set("id", id).update();
    }

    List<Member> members(UUID project) {
        return transactions.run(transaction ->
                transaction.query(MEMBERS).set("project", project).list(ProjectTable::member));
    }

    Optional<UUID> account(Transaction transaction, String named) {
        return transaction.query(ACCOUNT).set("named", named).first(row -> row.id("id"));
    }

    void put(Transaction transaction, UUID project, UUID account, Role role) {
        transaction
                .query(PUT_MEMBER)
                .set("project", project)
                .set("account", account)
                .set("role", role)
                .update();
    }

    boolean remove(Transaction transaction, UUID project, UUID account) {
        return transaction
                        .query(DELETE_MEMBER)
                        .set("project", project)
                        .set("account", account)
                        .update()
                > 0;
    }

    boolean isLastAdministrator(Transaction transaction, UUID project, UUID account) {
        transaction.query(LOCK).set("id", project).exists();
        return transaction
                .query(LAST_ADMINISTRATOR)
                .set("project", project)
                .set("account", account)
                .exists();
    }

    private static Project project(Row row) {
        return new Project(row.id("id"), row.text("name"), row.instant("created_at"), Quotas.of(row));
    }

    private static Member member(Row row) {
        return new Member(
                row.id("id"),
                row.text("username"),
                row.isTrue("active"),
                row.constant(Role.class, "role"),
                row.instant("added_at"));
    }
}
