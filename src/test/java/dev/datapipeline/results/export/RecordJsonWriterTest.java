package dev.datapipeline.results.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.result.ResultBytes;
import dev.datapipeline.results.scan.OneBatch;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecordJsonWriterTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final RecordJsonWriter json = new RecordJsonWriter(OneBatch.LABELS, null, null, written);

    @Test
    void recordIsShownWithEveryStage() throws IOException {
        new OneBatch("{\"n\":1.10}").show(new ResultBytes().succeeded("{\"n\":1.1}", "{\"n\":2}"), json);

        assertEquals(
                "{\"index\":0,\"status\":\"SUCCEEDED\",\"raw\":{\"n\":1.10},\"stages\":["
                        + "{\"step\":\"clean\",\"stage\":\"pre\",\"value\":{\"n\":1.1},\"ms\":1},"
                        + "{\"step\":\"clean\",\"stage\":\"main\",\"value\":{\"n\":2},\"ms\":2}]}",
                written.toString(UTF_8));
    }

    @Test
    void failedRecordKeepsWhatItReached() throws IOException {
        new OneBatch("{}").show(new ResultBytes().failed("KeyError", "'x'", "{\"a\":1}"), json);

        assertEquals(
                "{\"index\":0,\"status\":\"FAILED\",\"raw\":{},\"stages\":["
                        + "{\"step\":\"clean\",\"stage\":\"pre\",\"value\":{\"a\":1},\"ms\":1}],\"error\":"
                        + "{\"step\":\"clean\",\"stage\":\"main\",\"type\":\"KeyError\",\"message\":\"'x'\",\"traceback\":null,\"script\":\"main.py\",\"line\":3}}",
                written.toString(UTF_8));
    }

    @Test
    void separatesRecordsByCommas() throws IOException {
        new OneBatch("{\"a\":1}", "{\"a\":2}")
                .show(new ResultBytes().skipped("\"no\"").skipped("\"never\""), json);

        assertEquals(
                "{\"index\":0,\"status\":\"SKIPPED\",\"raw\":{\"a\":1},\"stages\":[],\"skipped\":\"no\"},"
                        + "{\"index\":1,\"status\":\"SKIPPED\",\"raw\":{\"a\":2},\"stages\":[],\"skipped\":\"never\"}",
                written.toString(UTF_8));
    }

    @Test
    void neverChangesBytesOfTheUser() throws IOException {
        String awkward =
                "{\"é\\ud800\\u0000\":\"</script>\\\"\",\"n\":1e400,\"big\":1234567890123456789012345678901234567890}";

        new OneBatch(awkward).show(new ResultBytes().succeeded(awkward, "{}"), json);

        assertEquals(
                "{\"index\":0,\"status\":\"SUCCEEDED\",\"raw\":" + awkward
                        + ",\"stages\":[{\"step\":\"clean\",\"stage\":\"pre\",\"value\":" + awkward
                        + ",\"ms\":1},{\"step\":\"clean\",\"stage\":\"main\",\"value\":{},\"ms\":2}]}",
                written.toString(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(
            value = BatchStatus.class,
            names = {"QUEUED", "RUNNING"})
    void recordOfAnOpenBatchIsPending(BatchStatus status) throws IOException {
        new OneBatch("{}").showUnfinished(status, null, json);

        assertEquals("{\"index\":0,\"status\":\"PENDING\",\"raw\":{},\"stages\":[]}", written.toString(UTF_8));
    }

    @Test
    void recordOfACancelledBatchIsCancelled() throws IOException {
        new OneBatch("{}").showUnfinished(BatchStatus.CANCELLED, null, json);

        assertEquals("{\"index\":0,\"status\":\"CANCELLED\",\"raw\":{},\"stages\":[]}", written.toString(UTF_8));
    }

    @Test
    void recordOfABrokenBatchNamesTheReason() throws IOException {
        new OneBatch("{}").showUnfinished(BatchStatus.FAILED, new Broken("ENGINE_DIED", "a \"quoted\"\nreason"), json);

        assertEquals(
                "{\"index\":0,\"status\":\"FAILED\",\"raw\":{},\"stages\":[],\"error\":{\"step\":null,\"stage\":null,"
                        + "\"type\":\"ENGINE_DIED\",\"message\":\"a \\\"quoted\\\"\\nreason\",\"traceback\":null,\"script\":null,\"line\":null}}",
                written.toString(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0.001",
        "999, 0.999",
        "1000, 1",
        "1010, 1.01",
        "1234567, 1234.567",
        "1500, 1.5",
        "20, 0.02",
        "4294967295, 4294967.295"
    })
    void microsecondsAreShownAsMilliseconds(long microseconds, String milliseconds) {
        assertEquals(milliseconds, RecordJsonWriter.milliseconds(microseconds));
    }
}
