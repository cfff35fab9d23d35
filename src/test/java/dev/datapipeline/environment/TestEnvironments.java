package dev.datapipeline.environment;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.lock.LockedPackage;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.PackageList;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentClaim;
import dev.datapipeline.environment.store.EnvironmentClaims;
import dev.datapipeline.environment.store.EnvironmentRepository;
import dev.datapipeline.environment.store.EnvironmentUses;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The table of environments of the database that tests share, emptied before each test. */
public final class TestEnvironments {
    public static final String ALICE = "installation/alice";
    public static final String BOB = "installation/bob";
    public static final Duration DAY = Duration.ofDays(1);
    public static final Duration LEASE = Duration.ofSeconds(30);

    private final Transactions transactions = new Transactions(TestDatabase.shared());
    private final ObjectMapper mapper = new ObjectMapper();
    public final EnvironmentRepository repository = new EnvironmentRepository(transactions, mapper);
    public final EnvironmentClaims claims = new EnvironmentClaims(transactions, mapper);
    public final EnvironmentUses uses = new EnvironmentUses(transactions);
    public final Rows rows = new Rows(TestDatabase.shared());

    public TestEnvironments() throws SQLException {
        rows.execute("update run set environment_id = null, waits_for = null where environment_id is not null");
        rows.execute("update pipeline_version set environment_id = null where environment_id is not null");
        rows.execute("delete from environment");
    }

    public static DeclaredPackages declared(String... packages) {
        return DeclaredPackages.read(PackageList.of(List.of(packages)), "/packages", List.of());
    }

    /** A lock of one wheel of 1,000 bytes. */
    public static Lock lock(String name) {
        String sha256 = "%064x".formatted(name.hashCode() & 0xffff);
        return new Lock(
                "3.11.2",
                "manylinux_2_36_x86_64",
                "sha256:image",
                "pip 23.0.1",
                List.of(new LockedPackage(
                        name, "1.0", name + "-1.0-py3-none-any.whl", sha256, 1_000, "default", null, List.of())));
    }

    public UUID ask(String... packages) {
        return repository
                .ask(Membership.DEFAULT_PROJECT, declared(packages), DAY, false)
                .orElseThrow();
    }

    public EnvironmentClaim claim(String owner) {
        return claims.claim(owner, LEASE).orElseThrow();
    }

    /** An environment with files of so many bytes, in a folder with its name. */
    public UUID ready(String name, long bytes) {
        UUID id = ask(name);
        EnvironmentClaim claim = claim(ALICE);
        claims.locked(claim, ALICE, lock(name), Duration.ofMillis(5));
        claims.built(claim, ALICE, new Environment.Files(name, bytes, false), Duration.ofMillis(7));
        return id;
    }

    public Environment find(UUID id) {
        return repository.find(id).orElseThrow();
    }

    /** As if its last use was so many minutes ago. */
    public void age(UUID id, int minutes) throws SQLException {
        rows.execute(
                "update environment set last_used_at = now() - ? * interval '1 min', locked_at = now() - ? * interval '1 min' where id = ?",
                minutes,
                minutes,
                id);
    }

    /** A version of a saved pipeline that keeps the environment. */
    public UUID version(UUID environment) throws SQLException {
        UUID pipeline = UUID.randomUUID();
        rows.execute(
                "insert into pipeline (id, project_id, name, version) values (?, ?, 'clean', 3)",
                pipeline,
                Membership.DEFAULT_PROJECT);
        rows.execute(
                "insert into pipeline_version (pipeline_id, version, definition, environment_id) values (?, 3, '{}', ?)",
                pipeline,
                environment);
        return pipeline;
    }

    public UUID run(UUID environment) throws SQLException {
        UUID run = rows.run(2);
        rows.execute("update run set environment_id = ? where id = ?", environment, run);
        return run;
    }
}
