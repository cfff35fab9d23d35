package dev.datapipeline.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
    private static final String SECRET = "sk-0123/456+789 abc";

    private final SecretMask mask = new SecretMask(List.of(SECRET, "another-secret"));

    @Test
    void exactAndUrlEncodedFormsAreTakenOut() {
        assertEquals("key *** and ***.", mask.mask("key " + SECRET + " and another-secret."));
        assertEquals("?key=***&x=1", mask.mask("?key=sk-0123%2F456%2B789+abc&x=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "use", "user:", "Bearer "})
    void base64FormsAreTakenOutWhereverTheSecretStands(String before) {
        byte[] bytes = (before + SECRET + " behind").getBytes(UTF_8);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            String encoded = encoder.encodeToString(bytes);

            String masked = mask.mask(encoded);

            // Two characters at each end of the secret depend on what stands beside it as well.
            int whole = SECRET.length() * 8 / 6 - 2;
            assertTrue(masked.contains("***"), masked);
            assertTrue(masked.length() <= encoded.length() - whole + "***".length(), encoded + " " + masked);
        }
    }

    @Test
    void bytesWithoutASecretStayTheSame() {
        byte[] said = "nothing to see".getBytes(UTF_8);
        assertSame(said, mask.mask(said));
        assertEquals("x *** y", new String(mask.mask(("x " + SECRET + " y").getBytes(UTF_8)), UTF_8));
    }

    @Test
    void shortWordsAreNoSecrets() {
        assertEquals("ollama", new SecretMask(List.of("ollama")).mask("ollama"));
    }
}
