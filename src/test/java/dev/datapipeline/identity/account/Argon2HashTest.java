package dev.datapipeline.identity.account;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Argon2HashTest {
    @Test
    void recognizesThePasswordAndNoOther() {
        String stored = Argon2Hash.of("correct horse battery").text();

        assertTrue(Argon2Hash.parse(stored).matches("correct horse battery"));
        assertFalse(Argon2Hash.parse(stored).matches("correct horse batterY"));
        assertFalse(Argon2Hash.parse(stored).matches(""));
    }

    @Test
    void equalPasswordsHaveDifferentHashes() {
        assertNotEquals(Argon2Hash.of("same").text(), Argon2Hash.of("same").text());
    }

    /** Made by the reference implementation: argon2id, 64 MiB, 2 iterations, 1 lane, salt "somesalt", password "password". */
    @Test
    void agreesWithTheReferenceImplementation() {
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertTrue(Argon2Hash.parse(reference).matches("password"));
        assertFalse(Argon2Hash.parse(reference).matches("Password"));
    }

    @Test
    void isStoredInTheUsualForm() {
        assertTrue(Argon2Hash.of("a").text().matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$=]{22}\\$[^$=]{43}"));
        assertThrows(IllegalArgumentException.class, () -> Argon2Hash.parse("$2b$12$abc"));
    }
}
