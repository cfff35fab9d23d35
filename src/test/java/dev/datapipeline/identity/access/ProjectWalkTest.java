package dev.datapipeline.identity.access;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.identity.Role;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.TestUsers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every operation on things of one project, as members of it and as members of another one. */
@QuarkusTest
@TestProfile(TestUsers.Required.class)
@WithTestResource(DatabaseResource.class)
class ProjectWalkTest {
    private static final List<AccessRule> RULES =
            List.copyOf(AccessMatrix.load().rules());
    private static final List<AccessRule> OF_THINGS =
            RULES.stream().filter(rule -> rule.scope() == AccessScope.THING).toList();
    private static final List<AccessRule> OF_PROJECT =
            RULES.stream().filter(rule -> rule.scope() == AccessScope.PROJECT).toList();

    private final DataSource database;
    private final TestUsers users;
    private final String name = "walk-" + UUID.randomUUID().toString().substring(0, 8);
    private final String othersName = "others-" + UUID.randomUUID().toString().substring(0, 8);
    private UUID project = UUID.randomUUID();
    private UUID others = UUID.randomUUID();

    @Inject
    ProjectWalkTest(DataSource database) {
        this.database = database;
        this.users = new TestUsers(database);
    }

    @BeforeEach
    void createProjects() {
        project = users.project(name);
        others = users.project(othersName);
    }

    private String member(UUID of, Role role) {
        UUID account = users.stranger(Role.VIEWER);
        users.join(of, account, role);
        return users.session(account);
    }

    private static RawRequest.Answer send(RawRequest request) {
        return request.send(RestAssured.port);
    }

    private static RawRequest.Answer send(String method, String path, String session) {
        return send(RawRequest.of(method, path).withSession(session));
    }

    private static void check(Stream<Executable> checks) {
        assertAll(checks);
    }

    /** Without what differs from answer to answer. */
    private static String shape(RawRequest.Answer answer, ProjectThings things) {
        String head = answer.text().substring(0, answer.text().indexOf("\r\n\r\n"));
        Set<String> names =
                head.lines().skip(1).map(line -> line.split(":", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
        return answer.status() + " " + names + things.masked(answer.body());
    }

    @Test
    void whatBelongsToOthersLooksLikeWhatDoesNotExist() throws SQLException {
        ProjectThings things = ProjectThings.in(project, database);
        ProjectThings unknown = ProjectThings.unknown();
        check(Stream.of(Role.values()).flatMap(role -> {
            String outsider = member(others, role);
            String administrator = users.session(users.account(Role.ADMIN));
            return OF_THINGS.stream()
                    .flatMap(rule -> Stream.of(outsider, administrator).map(session -> (Executable) () -> {
                        RawRequest.Answer seen = send(rule.method(), things.path(rule), session);
                        RawRequest.Answer none = send(rule.method(), unknown.path(rule), session);
                        assertEquals(shape(none, unknown), shape(seen, things), role + " " + rule.operation());
                        assertTrue(
                                seen.status() == 404 || seen.status() == 400 || seen.status() == 422,
                                role + " " + rule.operation() + seen.text());
                    }));
        }));
    }

    @Test
    void keysOfOneProjectOpenNothingOfAnother() throws SQLException {
        ProjectThings things = ProjectThings.in(project, database);
        UUID account = users.stranger(Role.VIEWER);
        users.join(project, account, Role.ADMIN);
        users.join(others, account, Role.ADMIN);
        String key = users.key(account, others, Role.ADMIN);
        check(OF_THINGS.stream().map(rule -> () -> {
            RawRequest.Answer answer =
                    send(RawRequest.of(rule.method(), things.path(rule)).withKey(key));
            assertFalse(answer.isSuccess(), rule.operation() + answer.text());
            RawRequest named = RawRequest.of(rule.method(), things.path(rule) + "?project=" + name);
            assertEquals(404, send(named.withKey(key)).status(), rule.operation());
        }));
    }

    @Test
    void membersMayWhatTheirRoleInTheProjectOfTheThingAllows() throws SQLException {
        for (Role role : Role.values()) {
            ProjectThings things = ProjectThings.in(project, database);
            String session = member(project, role);
            check(OF_THINGS.stream()
                    .filter(rule -> !rule.method().equals("DELETE"))
                    .map(rule -> () -> {
                        RawRequest.Answer answer = send(rule.method(), things.path(rule), session);
                        assertEquals(
                                !rule.allows(role),
                                answer.status() == 403,
                                role + " " + rule.operation() + answer.text());
                        assertEquals(!rule.allows(role), answer.hasCode("ROLE_TOO_LOW"), role + " " + rule.operation());
                    }));
            check(Stream.of(
                            "/api/v1/runs/" + things.run(),
                            "/api/v1/pipelines/" + things.pipeline(),
                            "/api/v1/datasets/" + things.dataset())
                    .map(path -> () -> assertEquals(
                            role == Role.VIEWER ? 403 : 204,
                            send("DELETE", path, session).status(),
                            role + " " + path)));
        }
    }

    @Test
    void listsAndTotalsShowOneProject() throws SQLException {
        ProjectThings things = ProjectThings.in(project, database);
        String member = member(project, Role.VIEWER);
        String outsider = member(others, Role.ADMIN);
        check(Stream.of("datasets", "pipelines", "runs", "environments").map(kind -> () -> {
            String path = "/api/v1/" + kind;
            assertTrue(things.masked(send("GET", path, member).body()).contains("ID"), kind);
            assertTrue(send("GET", path, outsider).body().contains("\"items\":[]"), kind);
        }));
        check(Stream.of("datasets", "pipelines", "runs").map(kind -> () -> {
            String path = "/api/v1/" + kind + "/totals";
            assertTrue(send("GET", path, member).body().contains("\"" + kind + "\":1"), kind);
            assertTrue(send("GET", path, outsider).body().contains("\"" + kind + "\":0"), kind);
            assertTrue(send("GET", path + "?q=" + things.run(), outsider).body().contains("\"" + kind + "\":0"), kind);
        }));
    }

    @Test
    void aProjectOfOthersCannotBeChosen() {
        String outsider = member(others, Role.ADMIN);
        check(Stream.concat(OF_PROJECT.stream(), OF_THINGS.stream())
                .flatMap(rule -> Stream.of(name, project.toString(), "no-such-project")
                        .map(named -> () -> {
                            String path = ProjectThings.unknown().path(rule);
                            RawRequest request =
                                    RawRequest.of(rule.method(), path).withSession(outsider);
                            RawRequest.Answer byHeader = send(request.with("X-Project: " + named));
                            RawRequest.Answer byParameter = send(rule.method(), path + "?project=" + named, outsider);
                            assertEquals(404, byHeader.status(), rule.operation());
                            assertEquals(404, byParameter.status(), rule.operation());
                            assertTrue(byParameter.text().contains("There is no such project."), byParameter.text());
                        })));
    }

    @Test
    void settingsOfAProjectAreThoseOfItsMembersAndOfAdministrators() {
        String administrator = users.session(users.account(Role.ADMIN));
        String outsider = member(others, Role.ADMIN);
        String viewer = member(project, Role.VIEWER);
        String path = "/api/v1/projects/" + name;
        check(Stream.of(path, path + "/members", "/api/v1/projects/" + project).map(each -> () -> {
            assertEquals(200, send("GET", each, administrator).status());
            assertEquals(200, send("GET", each, viewer).status());
            assertEquals(404, send("GET", each, outsider).status());
        }));
        assertEquals(404, send("DELETE", path + "/members/x", outsider).status());
        assertEquals(403, send("DELETE", path + "/members/x", viewer).status());
        assertEquals(403, send("DELETE", path, viewer).status());
        assertFalse(send("GET", "/api/v1/projects", outsider).body().contains(name));
        assertTrue(send("GET", "/api/v1/projects", administrator).body().contains(name));
    }

    @Test
    void noOtherSpellingOfAPathLeadsToThingsOfOthers() throws SQLException {
        ProjectThings things = ProjectThings.in(project, database);
        String outsider = member(others, Role.ADMIN);
        String page = send(RawRequest.of("GET", "/")).body();
        check(OF_THINGS.stream()
                .flatMap(rule -> Stream.concat(
                                PathTricks.of(things.path(rule)).stream(),
                                Stream.of(
                                        things.path(rule) + "?project=" + othersName,
                                        things.path(rule) + "?project=" + othersName + "&project=" + name,
                                        things.path(rule) + "?Project=" + name))
                        .map(path -> () -> {
                            RawRequest.Answer answer = send(rule.method(), path, outsider);
                            boolean isPage =
                                    answer.status() == 301 || answer.body().equals(page);
                            assertTrue(!answer.isSuccess() || isPage, rule.method() + " " + path + answer.text());
                        })));
        check(OF_THINGS.stream()
                .flatMap(rule -> Stream.of("HEAD", "OPTIONS", "TRACE").map(method -> () -> {
                    RawRequest.Answer answer = send(method, things.path(rule), outsider);
                    assertTrue(
                            method.equals("OPTIONS") || !answer.isSuccess(),
                            method + " " + rule.path() + answer.text());
                    assertEquals(
                            send(method, ProjectThings.unknown().path(rule), outsider)
                                    .status(),
                            answer.status(),
                            method + " " + rule.path());
                })));
    }
}
