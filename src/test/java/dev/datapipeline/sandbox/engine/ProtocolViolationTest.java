package dev.datapipeline.sandbox.engine;

import static dev.datapipeline.sandbox.engine.EngineStub.frame;
import static dev.datapipeline.sandbox.engine.EngineStub.header;
import static dev.datapipeline.sandbox.engine.EngineStub.join;
import static dev.datapipeline.sandbox.engine.EngineStub.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a script may say that took the place of the engine. */
@Timeout(30)
class ProtocolViolationTest {
    private static final String DONE = "{\"records\":2,\"succeeded\":2,\"failed\":0,\"skipped\":0,\"crashes\":0}";
    private static final byte[] GOOD = result(0, 1, "", "{}");
    private static final byte[] BOTH = join(GOOD, result(1, 1, "", "{}"));

    static Stream<Arguments> violations() {
        return Stream.of(
                violation("an unknown frame", header('?', 0)),
                violation("a frame of the service", header('B', 0)),
                violation("HELLO again", frame('H', "{}")),
                violation("a length of 2^31 - 1", header('R', Integer.MAX_VALUE)),
                violation("a negative length", header('R', -1)),
                violation("DONE before the results", frame('D', DONE)),
                violation("DONE after one of two", frame('R', GOOD), frame('D', DONE)),
                violation("DONE that is no document", frame('R', BOTH), frame('D', "{}")),
                violation("a frame after DONE", frame('R', BOTH), frame('D', DONE), frame('G', "x")),
                violation("a record twice", frame('R', join(GOOD, GOOD))),
                violation("a record left out", frame('R', result(1, 1, "", "{}"))),
                violation("more records than asked for", frame('R', join(BOTH, result(2, 1, "", "{}")))),
                violation("another status", frame('R', result(0, 4, "", "{}"))),
                violation("success without a value", frame('R', result(0, 1, ""))),
                violation("more values than stages", frame('R', result(0, 1, "", "{}", "{}"))),
                violation("a detail where none belongs", frame('R', result(0, 1, "{}", "{}"))),
                violation("a failure without an error", frame('R', result(0, 2, ""))),
                violation("an error that is no document", frame('R', result(0, 2, "{\"a\":1}"))),
                violation("a reason that is no text", frame('R', result(0, 3, "12"))),
                violation("a value that is no object", frame('R', result(0, 1, "", "[]"))),
                violation("a value of two lines", frame('R', result(0, 1, "", "{\n}"))),
                violation("a value that closes itself", frame('R', result(0, 1, "", "{},\"error\":{\"a\":1}"))),
                violation("a value with a name twice", frame('R', result(0, 1, "", "{\"a\":1,\"\\u0061\":2}"))),
                violation("a value that is no JSON", frame('R', result(0, 1, "", "{\"a\":NaN}"))),
                violation(
                        "a number that nobody reads", frame('R', result(0, 1, "", "{\"a\":" + "1".repeat(4301) + "}"))),
                violation("a value that is nested without end", frame('R', result(0, 1, "", nested(501)))),
                violation("a reason that is broken off", frame('R', result(0, 3, "\"\\\""))),
                violation("an error on a line before the first", frame('R', result(0, 2, error("''", "-1")))),
                violation("an error on a line beyond all", frame('R', result(0, 2, error("''", "99999999999")))),
                violation("an error on half a line", frame('R', result(0, 2, error("''", "1.5")))),
                violation("an error with a long message", frame('R', result(0, 2, error("x".repeat(8193), "1")))),
                violation("a value beyond its limit", header('R', 1 << 22), record(2_000_000, 1, (1 << 20) + 1)),
                violation("a value of negative length", header('R', 1 << 22), record(2_000_000, 1, -1)),
                violation(
                        "a record that ends in the next frame", frame('R', Arrays.copyOf(GOOD, 12)), frame('R', "xx")),
                violation("a record longer than its frame", frame('R', record(1 << 30, 1, 2))),
                violation("a record of negative length", frame('R', record(-1, 1, 2))),
                violation("a record shorter than its parts", frame('R', record(3, 1, 2))),
                violation("a table beyond the frame", frame('R', record(19, 200, 2))),
                violation("counts that do not match", frame('R', BOTH), frame('D', DONE.replace("d\":2", "d\":1"))),
                violation("a log beyond its frame's limit", header('G', 1 << 30)),
                violation("input asked for that the batch does not have", header('W', 0)),
                violation("a log without end", frame('G', "x".repeat(140_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void failsTheBatch(String what, byte[] said) throws Exception {
        try (EngineStub hostile = new EngineStub()) {
            hostile.says('L', "");
            hostile.connection().load(Batches.pipeline("x"));
            hostile.sends(said);

            SandboxFailureException failure = assertThrows(
                    SandboxFailureException.class,
                    () -> hostile.connection().run(new BatchExchange(Batches.numbered(2), new Batches.Kept())),
                    what);

            assertEquals(SandboxFailure.PROTOCOL_VIOLATION, failure.failure(), what);
        }
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    private static String error(String message, String line) {
        return Batches.ERROR.replace("'a'", message).replace(":3}", ":" + line + "}");
    }

    /** The first part of a record for position 0 that succeeded. */
    private static byte[] record(int length, int values, int firstLength) {
        return ByteBuffer.allocate(23)
                .putInt(0, length)
                .put(8, (byte) 1)
                .put(9, (byte) values)
                .putInt(15, firstLength)
                .array();
    }

    private static Arguments violation(String what, byte[]... said) {
        return Arguments.of(what, join(said));
    }
}
