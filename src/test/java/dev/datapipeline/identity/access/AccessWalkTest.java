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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every operation as everybody, and every path in other spellings. */
@QuarkusTest
@TestProfile(TestUsers.Required.class)
@WithTestResource(DatabaseResource.class)
class AccessWalkTest {
    private static final int MOVED_PERMANENTLY = 301;

    private static final List<AccessRule> RULES = AccessMatrix.load().rules().stream()
            .filter(rule -> !rule.path().equals(AccessRule.PAGE))
            .toList();

    private final Map<Role, UUID> accounts = new EnumMap<>(Role.class);
    private final TestUsers users;

    @Inject
    AccessWalkTest(DataSource database) {
        users = new TestUsers(database);
    }

    @BeforeEach
    void createUsers() {
        for (Role role : Role.values()) {
            accounts.put(role, users.account(role));
        }
    }

    private UUID account(Role role) {
        return Objects.requireNonNull(accounts.get(role));
    }

    private RawRequest.Answer send(RawRequest request) {
        return request.send(RestAssured.port);
    }

    /** Each request has a session of its own, since some of them end it. */
    private RawRequest as(Role role, RawRequest request) {
        return request.withSession(users.session(account(role)));
    }

    private RawRequest withKey(Role role, RawRequest request) {
        return request.withKey(users.key(account(role), role));
    }

    private static String path(AccessRule rule) {
        return rule.path()
                .replaceAll("\\{(number|index)}", "0")
                .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
    }

    private static RawRequest request(AccessRule rule) {
        return RawRequest.of(rule.method(), path(rule));
    }

    /** There is no such thing, so nobody is told that the role is too low for it; see {@link ProjectWalkTest}. */
    private static boolean isDecidedByTheThing(AccessRule rule) {
        return rule.scope() == AccessScope.THING || rule.scope() == AccessScope.SETTINGS;
    }

    private static Stream<AccessRule> closedRules() {
        return RULES.stream().filter(rule -> !rule.isOpen());
    }

    private static void check(Stream<Executable> checks) {
        assertAll(checks);
    }

    @Test
    void nobodyGetsNothingButWhatIsOpen() {
        check(closedRules().map(rule -> () -> {
            RawRequest.Answer answer = send(request(rule));
            assertEquals(401, answer.status(), rule.operation());
            assertTrue(answer.text().contains("WWW-Authenticate: Bearer"), answer.text());
        }));
        check(RULES.stream().filter(AccessRule::isOpen).map(rule -> () -> {
            int status = send(request(rule)).status();
            assertTrue(status != 401 && status != 403, rule.operation() + " " + status);
        }));
    }

    @Test
    void eachRoleMayWhatTheMatrixSaysAndNothingElse() {
        check(closedRules()
                .flatMap(rule -> Stream.of(Role.values()).map(role -> () -> {
                    RawRequest.Answer answer = send(as(role, request(rule)));
                    boolean isAllowed = rule.allows(role) || isDecidedByTheThing(rule);
                    assertEquals(
                            !isAllowed, answer.status() == 403, role + " " + rule.operation() + " " + answer.text());
                    assertEquals(!isAllowed, answer.hasCode("ROLE_TOO_LOW"), role + " " + rule.operation());
                    assertTrue(
                            answer.status() != 401 && answer.status() < 500,
                            role + " " + rule.operation() + answer.text());
                })));
    }

    @Test
    void keysMayWhatTheirRoleMayButNothingThatNeedsASession() {
        check(closedRules()
                .flatMap(rule -> Stream.of(Role.values()).map(role -> () -> {
                    RawRequest.Answer answer = send(withKey(role, request(rule)));
                    boolean isAllowed = rule.allowsKeys() && (rule.allows(role) || isDecidedByTheThing(rule));
                    assertEquals(
                            !isAllowed, answer.status() == 403, role + " " + rule.operation() + " " + answer.text());
                    assertEquals(!rule.allowsKeys(), answer.hasCode("SESSION_REQUIRED"), role + " " + rule.operation());
                })));
    }

    @Test
    void noOtherSpellingOfAPathGetsAnybodyPastTheMatrix() {
        String page = send(RawRequest.of("GET", "/")).body();
        check(closedRules()
                .flatMap(rule -> PathTricks.of(path(rule)).stream().map(trick -> () -> {
                    RawRequest request = RawRequest.of(rule.method(), trick);
                    assertRefused(send(request), page, "nobody " + request);
                    if (!rule.allows(Role.VIEWER)) {
                        assertRefused(send(as(Role.VIEWER, request)), page, "viewer " + request);
                    }
                })));
    }

    /** Some of the spellings are paths of the page, which is the same for everybody, or such a path with a slash behind it. */
    private static void assertRefused(RawRequest.Answer answer, String page, String request) {
        boolean isOfPage = answer.status() == MOVED_PERMANENTLY || answer.body().equals(page);
        assertTrue(!answer.isSuccess() || isOfPage, request + answer.text());
    }

    @Test
    void noOtherMethodGetsAnybodyPastTheMatrix() {
        List<String> methods = List.of(
                "HEAD", "OPTIONS", "TRACE", "PATCH", "PUT", "POST", "DELETE", "PROPFIND", "get", "GETX", "QUERY");
        check(closedRules()
                .map(AccessRule::path)
                .distinct()
                .flatMap(path -> methods.stream().map(method -> () -> {
                    RawRequest request = RawRequest.of(method, path.replaceAll("\\{\\w+}", "0"));
                    assertFalse(send(request).isSuccess() && isClosed(request), "nobody " + request);
                })));
    }

    /** Some paths have open operations beside closed ones. */
    private static boolean isClosed(RawRequest request) {
        return AccessMatrix.load()
                .find(request.method(), request.path())
                .filter(AccessRule::isOpen)
                .isEmpty();
    }

    @Test
    void headersThatOverrideTheMethodOrThePathChangeNothing() {
        check(closedRules()
                .filter(rule -> !rule.allows(Role.VIEWER))
                .flatMap(rule -> Stream.of(
                                "X-HTTP-Method-Override: " + rule.method(),
                                "X-HTTP-Method: " + rule.method(),
                                "X-Method-Override: " + rule.method(),
                                "X-Original-URL: " + path(rule),
                                "X-Rewrite-URL: " + path(rule),
                                "X-Forwarded-Prefix: /q/health",
                                "X-Forwarded-For: 127.0.0.1",
                                "X-Remote-User: admin")
                        .map(header -> () -> {
                            RawRequest plain = RawRequest.of("GET", path(rule));
                            assertEquals(
                                    send(as(Role.VIEWER, plain)).status(),
                                    send(as(Role.VIEWER, plain.with(header))).status(),
                                    header + " " + rule.operation());
                            assertEquals(401, send(plain.with(header)).status(), header + " " + rule.operation());
                        })));
    }

    @Test
    void whatIsNoCredentialIsNobody() {
        UUID admin = account(Role.ADMIN);
        String session = users.session(admin);
        String key = users.key(admin, Role.ADMIN);
        RawRequest list = RawRequest.of("GET", "/api/v1/runs");
        check(Stream.of(
                        "Authorization: Basic YWRtaW46YWRtaW4=",
                        "Authorization: Bearer",
                        "Authorization: Bearer " + session,
                        "Authorization: " + key,
                        "Authorization: Bearer " + key + "x",
                        "Authorization: Bearer " + key.substring(0, key.length() - 1),
                        "Authorization: Bearer " + key.toUpperCase(java.util.Locale.ROOT),
                        "Authorization: Bearer dpf_" + "0".repeat(16) + "_" + "A".repeat(43),
                        "Cookie: dpf-session=" + key,
                        "Cookie: dpf-session=",
                        "Cookie: __Host-dpf-session=" + session,
                        "Cookie: DPF-SESSION=" + session,
                        "X-Api-Key: " + key)
                .map(header -> () -> assertEquals(401, send(list.with(header)).status(), header)));
        assertEquals(
                401,
                send(list.withSession(session).with("Authorization: Bearer wrong"))
                        .status(),
                "a wrong key is not made up for by a cookie");
        assertEquals(200, send(list.withSession(session)).status());
        assertEquals(200, send(list.withKey(key)).status());
        assertEquals(
                401, send(RawRequest.of("GET", "/api/v1/runs?api_key=" + key)).status());
    }

    @Test
    void changesWithACookieSayWhereTheyComeFrom() {
        String cookie = "Cookie: dpf-session=" + users.session(account(Role.EDITOR));
        RawRequest check = RawRequest.of("POST", "/api/v1/scripts/check").with(cookie);

        assertTrue(send(check).hasCode("CROSS_SITE"));
        assertTrue(send(check.with("Sec-Fetch-Site: same-site")).hasCode("CROSS_SITE"));
        assertTrue(send(check.with("Origin: http://localhost:1")).hasCode("CROSS_SITE"));
        assertFalse(
                send(check.with("Origin: http://localhost:" + RestAssured.port)).hasCode("CROSS_SITE"));
        assertFalse(send(check.with("Sec-Fetch-Site: same-origin")).hasCode("CROSS_SITE"));
    }

    @Test
    void thePageIsForEverybody() {
        check(Stream.of("/runs/1", "/users", "/choose-password")
                .map(path -> () -> assertTrue(send(RawRequest.of("GET", path)).status() != 401, path)));
        assertEquals(401, send(RawRequest.of("POST", "/runs/1")).status());
    }
}
