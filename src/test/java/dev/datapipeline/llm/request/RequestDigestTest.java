package dev.datapipeline.llm.request;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.datapipeline.llm.call.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which requests count as equal. */
class RequestDigestTest {
    private final RequestScanner scanner = new RequestScanner();

    private ModelRequest chat(String fields) throws RequestRefusedException {
        byte[] body = ("{\"model\":\"m\"," + fields + "}").getBytes(StandardCharsets.UTF_8);
        return scanner.scan(Endpoint.CHAT_COMPLETIONS, body, Set.of());
    }

    @Test
    void sameRequestWrittenInAnotherWayHasTheSameDigest() throws RequestRefusedException {
        byte[] digest =
                chat("\"a\":{\"x\":1,\"y\":[true,null]},\"b\":\"\u00e9\"").digest();

        assertArrayEquals(
                digest,
                chat(" \"b\" : \"\\u00e9\" , \"a\":{\"y\":[true, null],\"x\":1}")
                        .digest());
        for (String other : new String[] {
            "\"a\":{\"x\":1,\"y\":[true,null]},\"b\":\"e\"",
            "\"a\":{\"x\":1.0,\"y\":[true,null]},\"b\":\"\u00e9\"",
            "\"a\":{\"x\":\"1\",\"y\":[true,null]},\"b\":\"\u00e9\"",
            "\"a\":{\"x\":1,\"y\":[null,true]},\"b\":\"\u00e9\"",
            "\"a\":{\"x\":1,\"y\":[[true,null]]},\"b\":\"\u00e9\"",
        }) {
            assertFalse(Arrays.equals(digest, chat(other).digest()), other);
        }
        assertFalse(Arrays.equals(
                chat("\"b\":\"\\ud800\"").digest(), chat("\"b\":\"?\"").digest()));
    }

    @Test
    void everyCharacterOfLongTextsCounts() throws RequestRefusedException {
        String text = "a".repeat(1_000);
        byte[] digest = chat("\"a\":\"" + text + "\"").digest();

        assertArrayEquals(digest, chat("\"a\" : \"" + text + "\"").digest());
        for (int place : new int[] {0, 253, 254, 255, 999}) {
            String other = text.substring(0, place) + "b" + text.substring(place + 1);
            assertFalse(Arrays.equals(digest, chat("\"a\":\"" + other + "\"").digest()), "another letter at " + place);
        }
    }

    @Test
    void fingerprintCoversWhereTheCallGoesAndItsBound() throws RequestRefusedException {
        byte[] digest = chat("\"a\":1").digest();
        var chat = new CallTarget.Model(Endpoint.CHAT_COMPLETIONS, "");

        String print = Fingerprint.of("u", chat, 5, digest);

        assertEquals(print, Fingerprint.of("u", chat, 5, digest.clone()));
        assertNotEquals(print, Fingerprint.of("v", chat, 5, digest));
        assertNotEquals(print, Fingerprint.of("u", chat, 6, digest));
        assertNotEquals(print, Fingerprint.of("u", new CallTarget.Model(Endpoint.RESPONSES, ""), 5, digest));
        assertNotEquals(print, Fingerprint.of("u", new CallTarget.Model(Endpoint.CHAT_COMPLETIONS, "?a"), 5, digest));
    }
}
