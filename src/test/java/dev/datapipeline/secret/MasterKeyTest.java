package dev.datapipeline.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {
    private static final String VALUE = "sk-0123456789 é 漢";

    private final MasterKey key = MasterKey.random();

    @Test
    void whatIsSealedOpensAgain() {
        assertEquals(VALUE, key.open(key.seal(VALUE, "a"), "a"));
        assertEquals(VALUE, MasterKey.parse(key.text()).open(key.seal(VALUE, "a"), "a"));
        assertEquals("", key.open(key.seal("", "a"), "a"));
    }

    @Test
    void equalValuesDoNotLookEqual() {
        assertNotEquals(key.seal(VALUE, "a"), key.seal(VALUE, "a"));
    }

    @Test
    void everyByteCounts() {
        byte[] sealed = Base64.getDecoder().decode(key.seal(VALUE, "a"));
        for (int index = 0; index < sealed.length; index++) {
            byte[] changed = sealed.clone();
            changed[index] ^= 1;
            String text = Base64.getEncoder().encodeToString(changed);
            assertThrows(IllegalStateException.class, () -> key.open(text, "a"), "byte " + index);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "no Base64", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="})
    void whatIsNoSealedValueDoesNotOpen(String text) {
        assertThrows(IllegalStateException.class, () -> key.open(text, "a"));
    }

    @Test
    void anotherKeyOrAnotherPlaceDoesNotOpenIt() {
        String sealed = key.seal(VALUE, "a");
        assertThrows(IllegalStateException.class, () -> MasterKey.random().open(sealed, "a"));
        assertThrows(IllegalStateException.class, () -> key.open(sealed, "b"));
    }

    @Test
    void aRowDoesNotOpenInPlaceOfAnother() {
        UUID id = UUID.randomUUID();
        UUID project = UUID.randomUUID();
        SealedSecret secret = SealedSecret.seal(key, id, project, "openai", VALUE);

        assertEquals(VALUE, secret.open(key));
        for (SealedSecret moved : new SealedSecret[] {
            new SealedSecret(UUID.randomUUID(), project, "openai", key.id(), secret.sealed()),
            new SealedSecret(id, null, "openai", key.id(), secret.sealed()),
            new SealedSecret(id, UUID.randomUUID(), "openai", key.id(), secret.sealed()),
            new SealedSecret(id, project, "azure", key.id(), secret.sealed())
        }) {
            assertThrows(IllegalStateException.class, () -> moved.open(key));
        }
    }

    @Test
    void aKeyThatWasChangedIsNoneAndIsNeverQuoted() {
        String text = key.text();
        char last = text.charAt(30) == 'A' ? 'B' : 'A';
        String changed = text.substring(0, 30) + last + text.substring(31);

        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> MasterKey.parse(changed))
                .getMessage());

        assertFalse(message.contains(changed.substring(22)), message);
        assertFalse(key.toString().contains(text.substring(22)), key.toString());
        assertThrows(IllegalArgumentException.class, () -> MasterKey.parse("dpm_"));
    }
}
