package dev.datapipeline.identity.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.account.OfflineAccounts;
import dev.datapipeline.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final UserCommands commands = new UserCommands(
            new OfflineAccounts(new Transactions(TestDatabase.shared())),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));

    /** Another one for each test: they share a database. */
    private final String name = "user-" + UUID.randomUUID();

    private int run(String... arguments) {
        return commands.run(List.of(arguments));
    }

    @Test
    void aNewUserGetsALink() {
        assertEquals(0, run("create-user", name, "editor"));
        assertTrue(out.toString(UTF_8).matches("/choose-password#[A-Za-z0-9_-]{43}\\R"), out.toString(UTF_8));

        run("list-users");
        assertTrue(out.toString(UTF_8).contains(name + " editor"));
    }

    @Test
    void aLostPasswordIsReplacedByALink() {
        run("create-user", name, "viewer");
        run("set-role", name, "admin");
        out.reset();

        assertEquals(0, run("password-link", name));

        assertTrue(out.toString(UTF_8).startsWith("/choose-password#"));
        run("list-users");
        assertTrue(out.toString(UTF_8).contains(name + " admin"));
    }

    @Test
    void aKeyIsMadeForAUser() {
        run("create-user", name, "editor");
        out.reset();

        assertEquals(0, run("create-key", name, "viewer", "nightly import"));

        assertTrue(out.toString(UTF_8).matches("dpf_[0-9a-f]{16}_[A-Za-z0-9_-]{43}\\R"), out.toString(UTF_8));
    }

    @Test
    void whatCannotBeDoneSaysWhy() {
        run("create-user", name, "editor");

        assertEquals(1, run("create-user", name, "editor"));
        assertEquals(1, run("create-user", "other-" + name, "owner"));
        assertEquals(1, run("password-link", "nobody-" + name));

        String reasons = err.toString(UTF_8);
        assertTrue(reasons.contains("There is a user of this name"), reasons);
        assertTrue(reasons.contains("viewer, editor or admin, not owner"), reasons);
        assertTrue(reasons.contains("There is no such user"), reasons);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "help", "create-user", "create-user ada", "list-users all", "password-link a b"})
    void whatIsNoCommandIsToldHowToBeOne(String line) {
        assertEquals(2, run(line.isEmpty() ? new String[0] : line.split(" ")));

        assertTrue(err.toString(UTF_8).contains("usage: bin/admin"));
    }
}
