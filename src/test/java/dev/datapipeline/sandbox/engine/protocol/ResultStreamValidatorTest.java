package dev.datapipeline.sandbox.engine.protocol;

import static dev.datapipeline.sandbox.engine.EngineStub.join;
import static dev.datapipeline.sandbox.engine.EngineStub.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResultStreamValidatorTest {
    private final List<Integer> failed = new ArrayList<>();

    @Test
    void countsWhatItWalked() throws Exception {
        ResultStreamValidator validator = validator(3, 2, true);
        byte[] frame = join(
                result(0, 1, "", "{}", "{\"a\":[1]}"), result(1, 2, Batches.ERROR, "{}"), result(2, 3, "\"dropped\""));

        validator.validate(ByteBuffer.wrap(frame), frame.length);

        assertEquals(3, validator.finished());
        assertEquals(1, validator.count(RecordStatus.SUCCEEDED));
        assertEquals(1, validator.count(RecordStatus.FAILED));
        assertEquals(1, validator.count(RecordStatus.SKIPPED));
        assertEquals(List.of(1), failed);
    }

    @Test
    void successMustHaveEveryStage() {
        byte[] frame = result(0, 1, "", "{}");

        assertThrows(
                SandboxFailureException.class,
                () -> validator(1, 2, true).validate(ByteBuffer.wrap(frame), frame.length));
    }

    @Test
    void onlyTheLastStageIsSentWhenOnlyThatIsKept() throws Exception {
        byte[] last = result(0, 1, "", "{}");
        last[10] = 1;
        byte[] first = result(0, 1, "", "{}");

        validator(1, 2, false).validate(ByteBuffer.wrap(last), last.length);

        assertThrows(
                SandboxFailureException.class,
                () -> validator(1, 2, false).validate(ByteBuffer.wrap(first), first.length));
    }

    @Test
    void stagesMustRise() {
        byte[] frame = result(0, 2, Batches.ERROR, "{}", "{}");
        frame[19] = 0;

        assertThrows(
                SandboxFailureException.class,
                () -> validator(1, 3, true).validate(ByteBuffer.wrap(frame), frame.length));
    }

    @Test
    void everyCutOfTheBytesGivesTheSame() throws Exception {
        byte[] frame = join(result(0, 1, "", "{\"a\":1}", "{}"), result(1, 2, Batches.ERROR, "{}"));
        for (int cut = 0; cut <= frame.length; cut++) {
            failed.clear();
            ResultStreamValidator validator = validator(2, 2, true);
            ByteBuffer bytes = ByteBuffer.wrap(frame);

            validator.validate(bytes.limit(cut), frame.length);
            validator.validate(bytes.limit(frame.length), frame.length - bytes.position());

            assertEquals(2, validator.finished());
            assertEquals(List.of(1), failed);
        }
    }

    @Test
    void noDamageToTheBytesDoesMoreThanFailTheWalk() {
        byte[] good = join(
                result(0, 1, "", "{}", "{\"a\":\"ü\"}"), result(1, 2, Batches.ERROR, "{}"), result(2, 3, "\"why\""));
        Random random = new Random(42);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] frame = good.clone();
            for (int damage = 0; damage <= random.nextInt(3); damage++) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            try {
                ResultStreamValidator validator = validator(3, 2, true);
                validator.validate(ByteBuffer.wrap(frame), frame.length);
                assertTrue(validator.finished() <= 3);
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            } catch (SandboxFailureException violation) {
                assertEquals(SandboxFailure.PROTOCOL_VIOLATION, violation.failure());
                refused++;
            }
        }
        assertTrue(refused > 5_000, refused + " refused");
    }

    private ResultStreamValidator validator(int records, int stages, boolean keepsAllStages) {
        return new ResultStreamValidator(
                Batches.numbered(records), stages, keepsAllStages, 1 << 20, (position, error) -> failed.add(position));
    }
}
