package dev.datapipeline.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import io.smallrye.config.ConfigValidationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key file and the secrets that it opens, through starts, replacements, crashes and losses. */
class KeyRotationTest {
    private static final DataSource DATABASE = TestDatabase.shared();
    private static final String VALUE = "sk-0123456789";

    private final Transactions transactions = new Transactions(DATABASE);
    private final SecretTable table = new SecretTable();

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void begin() throws SQLException {
        new Rows(DATABASE).execute("delete from secret");
        file = folder.resolve("secrets.key");
    }

    private MasterKeys start(Optional<String> setting) {
        MasterKeys keys = new MasterKeys(setting, new KeyFile(file), table, transactions);
        keys.load();
        return keys;
    }

    private Secrets started() {
        return new Secrets(transactions, table, start(Optional.empty()));
    }

    private void set(String name) {
        started().put(name, VALUE, "ada");
    }

    private Optional<String> valueOf(String name) {
        Secrets secrets = started();
        secrets.follow();
        return secrets.find(name);
    }

    private KeyRotation rotation() {
        return new KeyRotation(transactions, file);
    }

    private List<MasterKey> keys() throws IOException {
        return new KeyFile(file).read();
    }

    /** What ends the start. */
    private String refusal() {
        return assertThrows(ConfigValidationException.class, () -> start(Optional.empty()))
                .getProblem(0)
                .getMessage();
    }

    @Test
    void theFirstStartMakesAFileForItsOwnerOnly() throws IOException {
        start(Optional.empty());

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        MasterKey made = keys().getFirst();
        start(Optional.empty());
        assertEquals(made.id(), keys().getFirst().id());
    }

    @Test
    void aLostFileIsToldWithWhatToDo() throws IOException {
        set("openai");
        Files.delete(file);

        String refusal = refusal();

        assertTrue(refusal.contains(file + " is missing, and 1 secrets"), refusal);
        assertTrue(refusal.contains("bin/admin forget-secrets"), refusal);
        assertFalse(Files.exists(file), "no other key is made in its place");
    }

    @Test
    void aWrongFileIsToldWithBothKeys() throws IOException {
        set("openai");
        MasterKey right = keys().getFirst();
        MasterKey wrong = MasterKey.random();
        new KeyFile(file).write(List.of(wrong));

        String refusal = refusal();

        assertTrue(refusal.contains(right.id()) && refusal.contains(wrong.id()), refusal);
    }

    @Test
    void aDamagedFileIsToldAndNotQuoted() throws IOException {
        set("openai");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 5));

        String refusal = refusal();

        assertTrue(refusal.contains("does not hold a master key"), refusal);
        assertFalse(refusal.contains("dpm_"), refusal);
    }

    @Test
    void aSettingTakesThePlaceOfTheFile() throws IOException {
        set("openai");
        String key = keys().getFirst().text();
        Files.delete(file);

        assertEquals(key, start(Optional.of(key)).current().text());
        assertFalse(Files.exists(file));
        assertThrows(ConfigValidationException.class, () -> start(Optional.of("dpm_wrong")));
    }

    @Test
    void afterARotationTheNewKeyOpensEverythingAndTheOldOneNothing() throws IOException {
        set("openai");
        set("corp");
        MasterKey old = keys().getFirst();

        KeyRotation.Result result = rotation().rotate();

        assertEquals(2, result.secrets());
        assertEquals(1, keys().size());
        assertNotEquals(old.id(), keys().getFirst().id());
        assertEquals(Optional.of(VALUE), valueOf("openai"));
        assertEquals(Optional.of(VALUE), valueOf("corp"));
        new KeyFile(file).write(List.of(old));
        assertTrue(refusal().contains(result.keyId()));
    }

    @Test
    void afterACrashWithBothKeysEverythingOpensAndTheNextRotationFinishes() throws IOException {
        set("openai");
        MasterKey old = keys().getFirst();
        MasterKey next = MasterKey.random();
        new KeyFile(file).write(List.of(next, old));

        assertEquals(Optional.of(VALUE), valueOf("openai"));
        set("made-meanwhile");
        KeyRotation.Result result = rotation().rotate();

        assertTrue(result.isResumed());
        assertEquals(1, result.secrets());
        assertEquals(List.of(next.id()), keys().stream().map(MasterKey::id).toList());
        assertEquals(Optional.of(VALUE), valueOf("openai"));
        assertEquals(Optional.of(VALUE), valueOf("made-meanwhile"));
    }

    @Test
    void aSecretThatDoesNotOpenStopsTheRotationAndBothKeysStay() throws Exception {
        set("openai");
        set("corp");
        new Rows(DATABASE).execute("update secret set sealed = 'AAAA' where name = 'corp'");

        assertThrows(IllegalStateException.class, () -> rotation().rotate());

        assertEquals(2, keys().size());
        assertEquals(Optional.of(VALUE), valueOf("openai"));
        assertEquals(Optional.empty(), valueOf("corp"));
    }

    @Test
    void commandsPrintWhatCameOfThemAndNoKey() throws IOException {
        set("openai");

        String rotated = run("rotate-master-key");
        assertTrue(rotated.contains("1 secrets were sealed anew"), rotated);
        assertFalse(rotated.contains("dpm_"), rotated);
        Files.delete(file);
        assertTrue(run("forget-secrets").contains("1 secrets were removed"));
        assertEquals(Optional.empty(), valueOf("openai"));
    }

    private String run(String command) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        SecretCommands.Place place = new SecretCommands.Place(Optional.of(file), Optional.empty(), folder);
        assertEquals(0, SecretCommands.of(transactions, place, out, out).run(command));
        return printed.toString(StandardCharsets.UTF_8);
    }
}
