package dev.datapipeline.sandbox.engine.protocol;

import static dev.datapipeline.result.ChangeBytes.Piece.ofParts;
import static dev.datapipeline.result.ChangeBytes.Piece.ofRecord;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.result.ChangeBytes;
import dev.datapipeline.result.ChangeBytes.Piece;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.storage.MemoryBlob;
import dev.datapipeline.storage.ReadableBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a script that has taken over the engine may tell as changes, and what is refused. */
class ChangeValidatorTest {
    private static final String RECORD =
            "{\"a\":1,\"text\":\"some \\nxt to copy\",\"list\":[1,2,{\"a\":3}],\"z\":null}";
    private static final int A = 1;
    private static final int TEXT = RECORD.indexOf("\"text\"");
    private static final int LIST = RECORD.indexOf("\"list\"");
    private static final int Z = RECORD.indexOf("\"z\"");
    private static final int END = RECORD.length() - 1;
    private static final int MAX_VALUE = 1 << 20;

    @Test
    void valuesAreJoinedFromTheRecordAndEarlierParts() throws Exception {
        ChangeBytes record = ChangeBytes.record(0).same();
        record.change(",\"new\":\"a value\"}", ofRecord("{", A, END - A));
        int added = record.size() - ",\"new\":\"a value\"}".length() + 1;
        record.change("}", ofRecord("{", LIST, END - LIST), ofParts(",", added, "\"new\":\"a value\"".length()));
        record.same();
        record.whole("{\"w\":1,\"v\":[2]}");
        int whole = record.size() - "{\"w\":1,\"v\":[2]}".length();
        record.change("}", ofParts("{\"x\":0,", whole + 1, 13), ofRecord(",\"other\":", RECORD.indexOf("\"some"), 19));
        record.change("{}");

        assertJoined(
                record,
                RECORD,
                RECORD.substring(0, END) + ",\"new\":\"a value\"}",
                "{\"list\":[1,2,{\"a\":3}],\"z\":null,\"new\":\"a value\"}",
                "{\"list\":[1,2,{\"a\":3}],\"z\":null,\"new\":\"a value\"}",
                "{\"w\":1,\"v\":[2]}",
                "{\"x\":0,\"w\":1,\"v\":[2],\"other\":\"some \\nxt to copy\"}",
                "{}");
    }

    @Test
    void copiesThatAreNoWholeMembersAreRefused() {
        for (int from = 0; from <= RECORD.length() + 1; from++) {
            for (int to = from + 1; to <= RECORD.length() + 2; to++) {
                boolean isRun = Arrays.asList(A, TEXT, LIST, Z).contains(from)
                        && Arrays.asList(TEXT - 1, LIST - 1, Z - 1, END).contains(to);
                ChangeBytes record = ChangeBytes.record(0).change("}", ofRecord("{", from, to - from));
                if (isRun) {
                    assertDoesNotThrow(() -> validate(RECORD, record, 1));
                } else {
                    assertRefused(record);
                }
            }
        }
    }

    @Test
    void onlyATextOfTheRecordCanBeCopiedAsAValue() {
        int list = LIST + "\"list\":".length();
        assertRefused(ChangeBytes.record(0).change("}", ofRecord("{\"b\":", list, Z - 1 - list)));
        assertRefused(ChangeBytes.record(0).change("}", ofRecord("{\"b\":", A + "\"a\":".length(), 1)));
        assertRefused(ChangeBytes.record(0).change("}", ofRecord("{\"b\":[", RECORD.indexOf("\"some"), 19)));
        ChangeBytes ofParts = ChangeBytes.record(0).whole("{\"x\":\"a text of parts\"}");
        assertRefused(ofParts.change("}", ofParts("{\"b\":", 5, 17)));
    }

    @Test
    void placesOutsideOfWhatThereIsAreRefused() {
        for (int begin : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, RECORD.length(), 0}) {
            for (int length : new int[] {-1, 0, 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                assertRefused(ChangeBytes.record(0).change("}", new Piece("{", begin, length)));
            }
        }
    }

    @Test
    void partsThatAreStillToComeCannotBeCopied() {
        assertRefused(ChangeBytes.record(0)
                .change("}", ofParts("{\"own\":1,", 2 + 12 + 1, 7))
                .whole("{}"));
        ChangeBytes later = ChangeBytes.record(0).change("}", ofParts("{", 2 + 12 + 2 + 1, 7));
        assertRefused(later.whole("{\"x\":1}"));
    }

    @Test
    void nameThatOccursTwiceIsRefused() {
        assertRefused(ChangeBytes.record(0).change(",\"a\":2}", ofRecord("{", A, END - A)));
        assertRefused(ChangeBytes.record(0).change(",\"\\u0061\":2}", ofRecord("{", A, END - A)));
        assertRefused(ChangeBytes.record(0).change("}", ofRecord("{", A, TEXT - 1 - A), ofRecord(",", A, END - A)));
        assertRefused(ChangeBytes.record(0)
                .whole("{\"a\":\"of parts\"}")
                .change("}", ofRecord("{", A, END - A), ofParts(",", 1, 14)));
    }

    @Test
    void bigFieldThatIsCopiedManyTimesIsRefused() throws Exception {
        String big = "{\"a\":\"" + "x".repeat(900_000) + "\"}";
        Piece[] pieces = new Piece[1_000];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = ofRecord((i == 0 ? "{" : ",") + "\"" + i + "\":", 5, 900_002);
        }
        assertRefused(big, ChangeBytes.record(0).change("}", pieces), 1);
        ChangeBytes everyStage = ChangeBytes.record(0);
        for (int stage = 0; stage < 72; stage++) {
            everyStage.same();
        }
        validate(big, everyStage, 72);
        assertRefused(big, everyStage.same(), 73);
    }

    @Test
    void valueLongerThanTheLimitIsRefusedHoweverShortItIsTold() {
        String big = "{\"a\":\"" + "x".repeat(MAX_VALUE) + "\"}";
        assertRefused(big, ChangeBytes.record(0).same(), 1);
        assertRefused(big, ChangeBytes.record(0).change("}", ofRecord("{", 1, big.length() - 2)), 1);
    }

    @Test
    void tablesThatDoNotFitAreRefused() {
        assertRefused(ChangeBytes.record(0).change(new byte[1], ""));
        assertRefused(ChangeBytes.record(0).change(new byte[] {0, 1, 0, 0}, "{}"));
        assertRefused(ChangeBytes.record(0).change(new byte[] {(byte) 0xff, (byte) 0xff}, "{}"));
        assertRefused(
                ChangeBytes.record(0).change("}", ofRecord("{", A, END - A)).change(new byte[] {0, 0}, ""));
        byte[] longText = ByteBuffer.allocate(14)
                .putShort((short) 1)
                .putInt(Integer.MAX_VALUE)
                .putInt(A)
                .putInt(5)
                .array();
        assertRefused(ChangeBytes.record(0).change(longText, "{}"));
        Piece[] pieces = new Piece[ChangeValidator.MAX_COPIES + 1];
        Arrays.fill(pieces, ofRecord("{", A, END - A));
        assertRefused(ChangeBytes.record(0).change("}", pieces));
    }

    @Test
    void textsThatMakeNoJsonAreRefused() {
        for (String text :
                new String[] {"", "[", "{,", "{\"x\":1", "{\"x\":", "{}", "{\"x\":{", "{\"x\":[", "{\n", "x"}) {
            assertRefused(ChangeBytes.record(0).change("}", ofRecord(text, A, END - A)));
        }
        for (String rest : new String[] {"", ",}", "}}", "]", ",\"x\"}", " \t}", "},{\"x\":1}"}) {
            assertRefused(ChangeBytes.record(0).change(rest, ofRecord("{", A, END - A)));
        }
    }

    @Test
    void recordThatNoValueMayBeLikeCannotBeCopied() throws Exception {
        for (String record : new String[] {"{\"a\":\t1}", "{\"a\":" + "1".repeat(5000) + "}", "{\"a\":1,\"a\":2}"}) {
            assertRefused(record, ChangeBytes.record(0).same(), 1);
            assertRefused(record, ChangeBytes.record(0).change("}", ofRecord("{", 1, record.length() - 2)), 1);
            validate(record, ChangeBytes.record(0).whole("{\"b\":1}").same(), 2);
        }
    }

    @Test
    void everyCutOfTheBytesGivesTheSame() throws Exception {
        byte[] frame = ChangeBytes.record(0)
                .change(",\"new\":[\"a\"]}", ofRecord("{", A, END - A))
                .same()
                .whole("{}")
                .same()
                .succeeded();
        for (int cut = 0; cut <= frame.length; cut++) {
            ResultStreamValidator validator = validator(RECORD, 4);
            ByteBuffer bytes = ByteBuffer.wrap(frame);

            validator.validate(bytes.limit(cut), frame.length);
            validator.validate(bytes.limit(frame.length), frame.length - bytes.position());

            assertEquals(1, validator.finished());
        }
    }

    @Test
    void damageIsRefusedOrStillMakesJson() throws Exception {
        ChangeBytes record = ChangeBytes.record(0)
                .change(
                        ",\"new\":[\"a\"]}",
                        ofRecord("{\"first\":1,", A, TEXT - 1 - A),
                        ofRecord(",", LIST, END - LIST))
                .same();
        record.change(",\"b\":1}", ofRecord("{", LIST, END - LIST), ofParts(",", record.size() - 12, 11));
        byte[] good = record.succeeded();
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] frame = good.clone();
            frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            frame[20 + random.nextInt(frame.length - 20)] = (byte) random.nextInt(256);
            try {
                ResultStreamValidator validator = validator(RECORD, 3);
                validator.validate(ByteBuffer.wrap(frame), frame.length);
                for (int i = 0; i < 3 && validator.finished() == 1; i++) {
                    assertTrue(ValidJson.isObject(joined(frame, i)), joined(frame, i));
                }
            } catch (SandboxFailureException violation) {
                assertEquals(SandboxFailure.PROTOCOL_VIOLATION, violation.failure());
                refused++;
            }
        }
        assertTrue(refused > 20_000, refused + " refused");
    }

    private static void assertJoined(ChangeBytes record, String... values) throws Exception {
        validate(RECORD, record, values.length);
        for (int i = 0; i < values.length; i++) {
            assertEquals(values[i], joined(record.succeeded(), i));
        }
    }

    private static void assertRefused(ChangeBytes record) {
        int stages = record.succeeded()[9];
        assertRefused(RECORD, record, stages);
    }

    private static void assertRefused(String line, ChangeBytes record, int stages) {
        SandboxFailureException refused =
                assertThrows(SandboxFailureException.class, () -> validate(line, record, stages));
        assertEquals(SandboxFailure.PROTOCOL_VIOLATION, refused.failure());
    }

    private static void validate(String line, ChangeBytes record, int stages) throws Exception {
        ResultStreamValidator validator = validator(line, stages);
        byte[] frame = record.succeeded();
        validator.validate(ByteBuffer.wrap(frame), frame.length);
        assertEquals(1, validator.finished());
    }

    private static ResultStreamValidator validator(String line, int stages) {
        return new ResultStreamValidator(Batches.input(1, line), stages, true, MAX_VALUE, (position, error) -> {});
    }

    private static String joined(byte[] frame, int i) throws IOException {
        ResultReader reader = new ResultReader(new MemoryBlob(frame), 0, frame.length);
        reader.next();
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        reader.writeValue(i, new Line(RECORD.getBytes(UTF_8)), target);
        assertEquals(target.size(), reader.valueLength(i, new Line(RECORD.getBytes(UTF_8))));
        return target.toString(UTF_8);
    }

    private record Line(byte[] bytes) implements ReadableBytes {
        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public void write(long start, long length, OutputStream target) throws IOException {
            target.write(bytes, Math.toIntExact(start), Math.toIntExact(length));
        }
    }
}
