package dev.datapipeline.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValidatorTest {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonValidator validator = new JsonValidator();
    private final ByteBuffer piece = ByteBuffer.allocateDirect(256 * 1024);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"\":\"\"}",
                "{ \"a\" : [ 1 , -0 , 0.5e-3 , 1E+9 , true , false , null , [ ] , { } ] , \"b\" : -12.0 }",
                "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00fc\\ud83d\"}",
                "{\"ü\":\"€ \uD83D\uDE00 \uFFFF \u0800 \u007F \u0080\"}",
                "{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1},\"A\":[{\"a\":1},{\"a\":1}]}",
                "{\"a b c d e f g h i\":1,\"a b c d e f g h j\":2}",
            })
    void takesWhatIsJson(String json) {
        assertTrue(isObject(json.getBytes(UTF_8)), json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "1",
                "null",
                "\"a\"",
                "{}}",
                "{},",
                "{}{}",
                "{} {}",
                "{},\"error\":{}",
                "{}x",
                "{]",
                "{\"a\":[}",
                "{\"a\":[1}]",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\" 1}",
                "{\"a\":1 2}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":True}",
                "{\"a\":tru}",
                "{\"a\":nul}",
                "{\"a\":falsee}",
                "{\"a\":truefalse}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":-01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":1.e5}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":0x1}",
                "{\"a\":1_0}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u123\"}",
                "{\"a\":\"",
                "{\"a\":\"b",
                "{\"a\":\"b\\\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\t\"}",
                "{\n}",
                "{\t}",
                "{}\n",
                "{\"a\":\"\u0000\"}",
                "{\"a\":1/* */}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"ü\":1,\"\\u00FC\":2}",
                "{\"\uD83D\uDE00\":1,\"\\ud83d\\uDE00\":2}",
                "{\"\\ud83d\":1,\"\\uD83D\":2}",
                "{\"/\":1,\"\\/\":2}",
                "{\"\":1,\"\":2}",
                "{\"x\":[{\"y\":{\"a\":1,\"b\":2,\"a\":3}}]}",
                "\uFEFF{}",
            })
    void refusesWhatIsNot(String json) {
        assertFalse(isObject(json.getBytes(UTF_8)), json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0080",
                "\u00BF",
                "\u00C0\u0080",
                "\u00C1\u00BF",
                "\u00C2",
                "\u00C2\u0041",
                "\u00E0\u0080\u0080",
                "\u00E0\u009F\u00BF",
                "\u00E1\u0080",
                "\u00ED\u00A0\u0080",
                "\u00ED\u00BF\u00BF",
                "\u00F0\u0080\u0080\u0080",
                "\u00F0\u008F\u00BF\u00BF",
                "\u00F4\u0090\u0080\u0080",
                "\u00F5\u0080\u0080\u0080",
                "\u00F8\u0088\u0080\u0080\u0080",
                "\u00FE",
                "\u00FF",
            })
    void refusesMalformedUtf8InNamesAndValues(String latin) {
        assertFalse(isObject(("{\"a\":\"" + latin + "\"}").getBytes(ISO_8859_1)));
        assertFalse(isObject(("{\"" + latin + "\":1}").getBytes(ISO_8859_1)));
        assertFalse(isObject(("{\"a\":\"12345678" + latin + "12345678\"}").getBytes(ISO_8859_1)));
    }

    @Test
    void takesEveryCharacterThereIs() {
        for (int character = 0x20; character <= Character.MAX_CODE_POINT; character++) {
            if (character == '"' || character == '\\' || Character.getType(character) == Character.SURROGATE) {
                continue;
            }
            String text = Character.toString(character);

            assertTrue(isObject(("{\"" + text + "\":\"" + text + "\"}").getBytes(UTF_8)), text);
        }
    }

    @Test
    void boundsDepthAndDigits() {
        assertTrue(isObject("{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}"));
        assertFalse(isObject("{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}"));
        assertTrue(isObject(
                "{\"a\":-" + "1".repeat(4300) + ",\"b\":" + "1".repeat(4300) + " ,\"c\":[" + "2".repeat(4300) + "]}"));
        for (String end : new String[] {"}", ",\"b\":1}", " }"}) {
            assertFalse(isObject("{\"a\":" + "1".repeat(4301) + end), end);
            assertFalse(isObject("{\"a\":1." + "1".repeat(4301) + end), end);
        }
    }

    @Test
    void findsOneNameTwiceAmongMany() {
        String many =
                IntStream.range(0, 5000).mapToObj(i -> "\"k" + i + "\":" + i).collect(Collectors.joining(","));

        assertTrue(isObject("{" + many + "}"));
        assertFalse(isObject("{" + many + ",\"k2500\":1}"));
        assertTrue(isObject("{\"o\":{" + many + "},\"k2500\":{" + many + "}}"));
        assertTrue(isObject("{\"a\":1}"));
    }

    @Test
    void tellsShortNamesApart() {
        StringBuilder names = new StringBuilder("{\"\":0");
        String[] characters = {"\\u0000", "\\u0001", "\\u0002", "\\u0003", "0", "1", "2", "3", "4"};
        for (String first : characters) {
            names.append(",\"").append(first).append("\":0");
            for (String second : characters) {
                names.append(",\"").append(first).append(second).append("\":0");
                names.append(",\"")
                        .append(first)
                        .append("\\u0000")
                        .append(second)
                        .append("a\":0");
            }
        }

        assertTrue(isObject(names + "}"));
        assertFalse(isObject(names + ",\"\\u00000\":1}"));
    }

    @Test
    void reasonIsAText() {
        validator.beginText();
        byte[] reason = "\"too old: \\ud83d\"".getBytes(UTF_8);
        assertTrue(validator.take(ByteBuffer.wrap(reason), 0, reason.length) && validator.isWhole());
        for (String other : new String[] {"{}", "\"a\"\"b\"", "\"a\",", "1", "\"a"}) {
            validator.beginText();
            assertFalse(
                    validator.take(ByteBuffer.wrap(other.getBytes(UTF_8)), 0, other.length()) && validator.isWhole(),
                    other);
        }
    }

    @Test
    void doesNotCareWhereThePiecesAreCut() {
        byte[] good =
                ("{\"a\\u0062 €uro and more\":[12345,-0.5e10,\"plain text that is long, \\n \uD83D\uDE00\",true,null],"
                                + "\"b\":{\"number\":" + "7".repeat(50) + "}}")
                        .getBytes(UTF_8);
        byte[] twice = "{\"a name of some length\":1,\"a n\\u0061me of some length\":2}".getBytes(UTF_8);
        for (int first = 0; first <= good.length; first++) {
            for (int second = first; second <= good.length; second += 7) {
                assertTrue(isObject(good, first, second));
            }
        }
        for (int first = 0; first <= twice.length; first++) {
            assertFalse(isObject(twice, first, twice.length));
        }
        byte[] digits = ("{\"a\":" + "1".repeat(4301) + "}").getBytes(UTF_8);
        assertFalse(isObject(digits, 2000, 4000));
        digits[10] = '.';
        digits[20] = 'e';
        assertFalse(isObject(digits, 15, 4300));
    }

    /** Another parser has the last word, but for what it lets through: line breaks, and bytes that are no UTF-8. */
    @Test
    void agreesWithAnotherParserAboutDamagedValues() {
        byte[] good =
                "{\"a\":[1,-2.5e3,\"x\\u00e4\\n\",{\"b\":true,\"c\":null}],\"ü\":\"€\",\"d\":false}".getBytes(UTF_8);
        byte[] pieces = "{}[]\",:\\u0123456789eE+-.tfn aü€".getBytes(UTF_8);
        Random random = new Random(17);
        int taken = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] json = good.clone();
            for (int damage = 0; damage <= random.nextInt(3); damage++) {
                json[random.nextInt(json.length)] = pieces[random.nextInt(pieces.length)];
            }

            boolean isTaken = isObject(json, random.nextInt(json.length), json.length);

            assertEquals(isJsonForOthers(json), isTaken, () -> new String(json, UTF_8));
            taken += isTaken ? 1 : 0;
        }
        assertTrue(taken > 10_000, taken + " taken");
    }

    private static boolean isJsonForOthers(byte[] json) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
            try (var parser = STRICT.createParser(text)) {
                return parser.nextToken() == JsonToken.START_OBJECT && STRICT.readTree(text) != null;
            }
        } catch (CharacterCodingException malformed) {
            return false;
        } catch (IOException refused) {
            return false;
        }
    }

    private boolean isObject(String json) {
        return isObject(json.getBytes(UTF_8));
    }

    private boolean isObject(byte[] json) {
        return isObject(json, json.length, json.length);
    }

    /** In up to three pieces, each of which lies elsewhere in its buffer. */
    private boolean isObject(byte[] json, int first, int second) {
        validator.beginObject();
        return take(json, 0, first)
                && take(json, first, second)
                && take(json, second, json.length)
                && validator.isWhole();
    }

    private boolean take(byte[] json, int from, int to) {
        piece.put(from % 8, json, from, to - from);
        return validator.take(piece, from % 8, from % 8 + to - from);
    }
}
