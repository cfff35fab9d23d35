package dev.datapipeline.environment.store;

import static dev.datapipeline.environment.TestEnvironments.ALICE;
import static dev.datapipeline.environment.TestEnvironments.DAY;
import static dev.datapipeline.environment.TestEnvironments.declared;
import static dev.datapipeline.environment.TestEnvironments.lock;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.datapipeline.environment.TestEnvironments;
import dev.datapipeline.identity.Membership;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvironmentRepositoryTest {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private TestEnvironments environments;

    @BeforeEach
    void open() throws SQLException {
        environments = new TestEnvironments();
    }

    @Test
    void fiftyWhoAskAtOnceGetTheSameEnvironment() throws Exception {
        Set<UUID> ids = new HashSet<>();
        try (ExecutorService askers = Executors.newFixedThreadPool(10)) {
            Callable<UUID> ask = () -> environments.ask("pandas>=2", "httpx");
            for (Future<UUID> asked :
                    askers.invokeAll(Stream.generate(() -> ask).limit(50).toList())) {
                ids.add(asked.get());
            }
        }

        assertEquals(1, ids.size());
        assertEquals(List.of("1"), environments.rows.row("select count(*) from environment"));
    }

    @Test
    void declarationsThatMeanTheSameGetTheSameEnvironment() {
        assertEquals(environments.ask("Pandas >= 2", "httpx"), environments.ask("httpx", "pandas>=2"));
        assertNotEquals(environments.ask("pandas>=2"), environments.ask("pandas>=1"));
    }

    @Test
    void declarationIsReadAsItWasWritten() {
        Environment environment = environments.find(environments.ask("pandas>=2", "httpx"));

        assertEquals(EnvironmentStatus.RESOLVING, environment.status());
        assertEquals(
                List.of(
                        new Declaration.Item("pandas", "pandas>=2", "packages, line 1"),
                        new Declaration.Item("httpx", "httpx", "packages, line 2")),
                environment.declaration().requirements());
        assertEquals(
                declared("httpx", "pandas>=2").key(),
                environment.declaration().packages().key());
        assertNull(environment.lock());
        assertNull(environment.files());
    }

    @Test
    void lockIsReusedForADayOnly() throws SQLException {
        UUID id = environments.ready("a", 10);

        assertEquals(id, environments.ask("a"));

        environments.age(id, 24 * 60 + 1);
        UUID next = environments.ask("a");
        assertNotEquals(id, next);
        assertEquals(next, environments.ask("a"));
    }

    @Test
    void updateResolvesAnewAndWhoAsksLaterGetsTheNewOne() {
        UUID id = environments.ready("a", 10);

        UUID updated = environments
                .repository
                .ask(Membership.DEFAULT_PROJECT, declared("a"), DAY, true)
                .orElseThrow();

        assertNotEquals(id, updated);
        assertEquals(
                Optional.of(updated),
                environments.repository.ask(Membership.DEFAULT_PROJECT, declared("a"), DAY, true));
        assertEquals(updated, environments.ask("a"));
    }

    @Test
    void moreThanAreEverBuiltSoonAreNotTaken() throws SQLException {
        UUID known = environments.ask("a");
        environments.rows.execute(
                "insert into environment (id, project_id, declaration, declaration_key) select gen_random_uuid(), '00000000-0000-0000-0000-000000000001', '{}', 'other' from generate_series(2, ?)",
                EnvironmentRepository.MAX_OPEN);

        assertEquals(
                Optional.empty(), environments.repository.ask(Membership.DEFAULT_PROJECT, declared("b"), DAY, false));
        assertEquals(
                Optional.of(known), environments.repository.ask(Membership.DEFAULT_PROJECT, declared("a"), DAY, false));
    }

    @Test
    void evictedEnvironmentIsBuiltAgainFromItsLock() {
        UUID id = environments.ready("a", 10);
        environments.uses.evict(id);

        assertEquals(id, environments.ask("a"));

        assertEquals(EnvironmentStatus.BUILDING, environments.find(id).status());
        assertEquals(lock("a"), environments.claim(ALICE).lock());
    }

    @Test
    void failureIsRememberedForItsTimeAndForgottenOnDemand() throws SQLException {
        UUID id = failed("a", TWO_MINUTES);
        assertEquals(id, environments.ask("a"));

        environments.repository.forgetFailures();
        assertNotEquals(id, environments.ask("a"));
    }

    @Test
    void failureThatNobodyRemembersIsTriedAgainAtOnce() {
        UUID id = failed("a", Duration.ZERO);

        assertNotEquals(id, environments.ask("a"));
        assertEquals(
                new Environment.Failure("PACKAGE_NOT_FOUND", "no a"),
                environments.find(id).failure());
    }

    private UUID failed(String name, Duration memory) {
        UUID id = environments.ask(name);
        EnvironmentClaim claim = environments.claim(ALICE);
        environments.claims.failed(claim, ALICE, new Environment.Failure("PACKAGE_NOT_FOUND", "no " + name), memory);
        return id;
    }

    @Test
    void listIsNewestFirstAndGoesOnAfterACursor() throws SQLException {
        UUID first = environments.ask("a");
        UUID second = environments.ask("b");
        environments.rows.execute("update environment set created_at = now() - interval '1 hour' where id = ?", first);

        List<Environment> page = environments.repository.page(Membership.DEFAULT_PROJECT, null, null, null, 1);
        Environment last = page.getLast();
        List<Environment> rest = environments.repository.page(
                Membership.DEFAULT_PROJECT, null, last.times().createdAt(), last.id(), 10);

        assertEquals(List.of(second), page.stream().map(Environment::id).toList());
        assertEquals(List.of(first), rest.stream().map(Environment::id).toList());
        assertEquals(
                List.of(),
                environments.repository.page(Membership.DEFAULT_PROJECT, EnvironmentStatus.READY, null, null, 10));
    }

    @Test
    void logGoesOnWhereTheReaderIs() {
        UUID id = environments.ask("a");
        EnvironmentClaim claim = environments.claim(ALICE);
        environments.claims.report(claim, ALICE, Environment.Progress.NONE, 0, "dós 🐍\n");
        environments.claims.report(claim, ALICE, Environment.Progress.NONE, 6, "more\n");

        assertEquals("dós 🐍\nmore\n", environments.repository.log(id, 0));
        assertEquals("🐍\nmore\n", environments.repository.log(id, 4));
        assertEquals("re\n", environments.repository.log(id, 8));
        assertEquals("", environments.repository.log(id, 100));
    }
}
