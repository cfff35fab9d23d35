package dev.datapipeline.project.quota;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.identity.Role;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestUsers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TestUsers.Required.class)
@WithTestResource(DatabaseResource.class)
class ProjectQuotasTest {
    private final TestUsers users;
    private final Rows rows;
    private final ProjectQuotas quotas;
    private final String name = "quota-" + UUID.randomUUID().toString().substring(0, 8);
    private UUID project = UUID.randomUUID();
    private UUID editor = UUID.randomUUID();

    @Inject
    ProjectQuotasTest(DataSource database, ProjectQuotas quotas) {
        this.users = new TestUsers(database);
        this.rows = new Rows(database);
        this.quotas = quotas;
    }

    @BeforeEach
    void createProject() {
        project = users.project(name);
        editor = users.stranger(Role.VIEWER);
        users.join(project, editor, Role.EDITOR);
    }

    @AfterEach
    void deleteRuns() throws SQLException {
        rows.execute("delete from run where project_id = ?", project);
    }

    private RequestSpecification as(UUID account) {
        return given().cookie("dpf-session", users.session(account))
                .header("Sec-Fetch-Site", "same-origin")
                .contentType(ContentType.JSON);
    }

    private void allow(Map<String, ?> values) {
        as(users.account(Role.ADMIN))
                .body(Map.of("quotas", values))
                .put("/api/v1/projects/" + name)
                .then()
                .statusCode(200);
    }

    /** An open run of the project, so old that it counts for the month before, or of now. */
    private UUID openRun(boolean isOld) throws SQLException {
        UUID run = rows.run(1);
        rows.execute(
                "update run set project_id = ?, status = 'PAUSED', created_at = now() - ? * interval '40 days' where id = ?",
                project,
                isOld ? 1 : 0,
                run);
        return run;
    }

    private static ProblemException refused(org.junit.jupiter.api.function.Executable work) {
        ProblemException problem = assertThrows(ProblemException.class, work);
        assertEquals(ProblemType.QUOTA_REACHED, problem.type());
        return problem;
    }

    @Test
    void withoutQuotasNothingIsRefused() {
        as(editor)
                .get("/api/v1/projects/" + name)
                .then()
                .statusCode(200)
                .body("quotas.openRuns.limit", nullValue())
                .body("quotas.openRuns.own", equalTo(false))
                .body("quotas.modelMoney.used", equalTo("0.00"));
        assertEquals(7, quotas.opening(project, null, new Picodollars(Long.MAX_VALUE), () -> 7));
    }

    @Test
    void datasetsThatDoNotFitAreRefusedAndNothingOfThemStays() {
        allow(Map.of("storageBytes", 30));
        as(editor).body("[{\"a\":1}]").post("/api/v1/datasets").then().statusCode(201);
        as(editor)
                .body("[{\"a\":\"0123456789012345678901234567890123456789\"}]")
                .post("/api/v1/datasets")
                .then()
                .statusCode(429)
                .body("code", equalTo("QUOTA_REACHED"))
                .body("detail", allOf(containsString("30 bytes"), containsString("have 9")));

        as(editor)
                .get("/api/v1/datasets/totals")
                .then()
                .body("datasets", equalTo(1))
                .body("bytes", equalTo(9));
        as(editor)
                .get("/api/v1/projects/" + name)
                .then()
                .body("quotas.storageBytes.used", equalTo(9))
                .body("quotas.storageBytes.limit", equalTo(30))
                .body("quotas.storageBytes.own", equalTo(true));
    }

    @Test
    void manyRunsAtOneTimeOpenNoMoreThanTheQuota() throws SQLException {
        allow(Map.of("openRuns", 3));
        AtomicInteger opened = new AtomicInteger();
        IntStream.range(0, 12).parallel().forEach(number -> {
            try {
                quotas.opening(project, null, null, () -> {
                    insertOpenRun();
                    return opened.incrementAndGet();
                });
            } catch (ProblemException full) {
                assertEquals(ProblemType.QUOTA_REACHED, full.type());
                assertTrue(full.retryAfter() != null);
            }
        });
        assertEquals(3, opened.get());
    }

    private void insertOpenRun() {
        try {
            UUID run = openRun(false);
            // Nobody is to run it.
            rows.execute("delete from batch where run_id = ?", run);
            rows.execute("update run set status = 'RUNNING' where id = ?", run);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void theBudgetsOfOpenRunsCountAsSpent() throws SQLException {
        allow(Map.of("modelMoney", "5.00"));
        UUID run = openRun(false);
        rows.execute("insert into llm_budget (id, run_id, amount) values (?, ?, ?)", run, run, 3_000_000_000_000L);
        UUID old = openRun(true);
        rows.execute("insert into llm_budget (id, run_id, amount) values (?, ?, ?)", old, old, 9_000_000_000_000L);

        assertEquals(1, quotas.opening(project, null, Picodollars.ofDollars("2.00"), () -> 1));
        ProblemException refused = refused(() -> quotas.opening(project, null, Picodollars.ofDollars("2.01"), () -> 1));
        assertTrue(refused.detail().contains("can be $2.00 at most, not $2.01"), refused.detail());
        assertEquals(1, quotas.spending(project, run, Picodollars.ofDollars("5.00"), () -> 1));
        refused(() -> quotas.spending(project, run, Picodollars.ofDollars("5.01"), () -> 1));
    }

    @Test
    void trialsEndAndMakeRoom() {
        allow(Map.of("trials", 1));
        try (RunningTrials.Place place = quotas.trial(project)) {
            assertTrue(place != null);
            refused(() -> quotas.trial(project));
            as(editor).get("/api/v1/projects/" + name).then().body("quotas.trials.used", equalTo(1));
        }
        quotas.trial(project).close();
        as(editor).get("/api/v1/projects/" + name).then().body("quotas.trials.used", equalTo(0));
    }

    @Test
    void onlyAdministratorsOfTheServiceSetQuotas() {
        UUID administrator = users.stranger(Role.VIEWER);
        users.join(project, administrator, Role.ADMIN);
        as(administrator)
                .body(Map.of("quotas", Map.of("openRuns", 1_000)))
                .put("/api/v1/projects/" + name)
                .then()
                .statusCode(403);
        for (Map<String, ?> wrong :
                java.util.List.of(Map.of("openRuns", -1), Map.of("modelMoney", "much"), Map.of("modelMoney", "-1"))) {
            as(users.account(Role.ADMIN))
                    .body(Map.of("quotas", wrong))
                    .put("/api/v1/projects/" + name)
                    .then()
                    .statusCode(422)
                    .body("errors[0].pointer", notNullValue());
        }
    }
}
