package dev.datapipeline.testing;

import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.SecretToken;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Users, sessions and API keys that are simply there, for tests of a service that has users. */
public final class TestUsers {
    private static final Sql ACCOUNT =
            Sql.of("insert into account (id, username, role) values (:id, :username, :role)");

    private static final Sql PROJECT = Sql.of("insert into project (id, name) values (:id, :name)");

    private static final Sql MEMBER =
            Sql.of("insert into project_member (project_id, account_id, role) values (:project, :account, :role)");

    private static final Sql SESSION = Sql.of("""
            insert into login_session (id, account_id, secret_hash, expires_at)
            values (:id, :account, :hash, now() + interval '1 hour')""");

    private static final Sql KEY = Sql.of("""
            insert into api_key (id, account_id, project_id, name, secret_hash, role)
            values (:id, :account, :project, 'test', :hash, :role)""");

    private final Transactions transactions;

    public TestUsers(DataSource database) {
        this.transactions = new Transactions(database);
    }

    /** A service that asks who somebody is, behind a proxy that says where requests come from. */
    public static final class Required implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("datapipeline.auth", "required", "quarkus.http.proxy.proxy-address-forwarding", "true");
        }
    }

    /** A member of the default project, with the same role in it. */
    public UUID account(Role role) {
        UUID id = stranger(role);
        join(Membership.DEFAULT_PROJECT, id, role);
        return id;
    }

    /** A member of no project. */
    public UUID stranger(Role role) {
        UUID id = UUID.randomUUID();
        transactions.run(transaction -> transaction
                .query(ACCOUNT)
                .set("id", id)
                .set("username", role.name().toLowerCase(Locale.ROOT) + "-" + id)
                .set("role", role)
                .update());
        return id;
    }

    public UUID project(String name) {
        UUID id = UUID.randomUUID();
        transactions.run(transaction ->
                transaction.query(PROJECT).set("id", id).set("name", name).update());
        return id;
    }

    public void join(UUID project, UUID account, Role role) {
        transactions.run(transaction -> transaction
                .query(MEMBER)
                .set("project", project)
                .set("account", account)
                .set("role", role)
                .update());
    }

    /** The value of the cookie. */
    public String session(UUID account) {
        String secret = SecretToken.random();
        transactions.run(transaction -> transaction
                .query(SESSION)
                .set("id", UUID.randomUUID())
                .set("account", account)
                .set("hash", SecretToken.digest(secret))
                .update());
        return secret;
    }

    public String key(UUID account, Role role) {
        return key(account, Membership.DEFAULT_PROJECT, role);
    }

    public String key(UUID account, UUID project, Role role) {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        String secret = SecretToken.random();
        transactions.run(transaction -> transaction
                .query(KEY)
                .set("id", id)
                .set("account", account)
                .set("project", project)
                .set("hash", SecretToken.digest(secret))
                .set("role", role)
                .update());
        return "dpf_" + id + "_" + secret;
    }
}
