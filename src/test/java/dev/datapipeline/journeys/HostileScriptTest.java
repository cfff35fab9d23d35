package dev.datapipeline.journeys;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts that do harm cost their own records, and say so. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class HostileScriptTest {
    /** Record n does harm of kind n; even ones do none. */
    private static final String HARM = """
            import ctypes, os, sys, time

            def transform(record):
                n = record["n"]
                if n == 1:
                    os._exit(0)
                if n == 3:
                    ctypes.string_at(0)
                if n == 5:
                    while True:
                        pass
                if n == 7:
                    hoard = [b"x" * (1 << 26) for _ in range(100)]
                if n == 9:
                    sys.exit("enough")
                if n == 11:
                    return transform(record)
                if n == 13:
                    return [record]
                if n == 15:
                    return {"value": float("nan")}
                if n == 17:
                    os.kill(os.getpid(), 9)
                if n == 19:
                    time.sleep(3600)
                return record
            """;

    private static final List<String> TYPES = List.of(
            "SCRIPT_CRASHED",
            "SCRIPT_CRASHED",
            "TIMEOUT",
            "OOM_KILLED",
            "SystemExit",
            "RecursionError",
            "RESULT_NOT_JSON",
            "RESULT_NOT_JSON",
            "SCRIPT_CRASHED",
            "TIMEOUT");

    @Test
    void harmfulRecordsFailAlone() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(21)
                .main(HARM)
                .with("batchSize", 21)
                .with("recordTimeoutSeconds", 5)
                .submit();

        JsonPath ended = run.awaitEnd("PARTIAL");

        assertEquals(
                Map.of("total", 21, "succeeded", 11, "failed", 10, "skipped", 0, "cancelled", 0, "pending", 0),
                ended.getMap("records"));
        JsonPath failed = run.records("?status=FAILED");
        assertEquals(List.of(1, 3, 5, 7, 9, 11, 13, 15, 17, 19), failed.getList("items.index"));
        assertEquals(TYPES, failed.getList("items.error.type"));
        for (String message : failed.<String>getList("items.error.message")) {
            assertTrue(!message.isBlank(), "every failure says why");
        }
    }

    @Test
    void truncatesALongLog() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(3).main("""
                        import os

                        def transform(record):
                            if record["n"] == 1:
                                for _ in range(200_000):
                                    print("flood " * 20)
                                os.write(2, b"x" * 5_000_000)
                            return record
                        """).submit();
        run.awaitEnd("SUCCEEDED");

        byte[] log = run.get("/batches/0/log").statusCode(200).extract().asByteArray();
        assertTrue(log.length > 10_000 && log.length <= 256 * 1024, log.length + " bytes of log");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import no_such_module | no_such_module",
                "raise ValueError('at import') | at import",
                "import sys; sys.exit(3) | SCRIPT_LOAD",
                "import os; os._exit(3) | SCRIPT_LOAD"
            })
    void scriptThatCannotBeLoadedFailsTheRunBeforeAnyRecord(String line, String reason) throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(10)
                .main(line + "\n\n" + RunOrder.UNCHANGED)
                .with("batchSize", 3)
                .submit();

        JsonPath ended = run.awaitEnd("FAILED");

        assertTrue(ended.getString("statusReason").contains(reason), ended.getString("statusReason"));
        assertEquals(10, ended.getInt("records.cancelled"));
        assertEquals(0, ended.getInt("batches.succeeded"));
        run.get("/records").body("items", hasSize(10)).body("items[0].status", equalTo("CANCELLED"));
        run.get("/results").statusCode(200).body(equalTo("[]"));
    }

    @Test
    void scriptThatDoesNotParseIsRejectedAtOnce() {
        RunOrder.ofNumbers(1)
                .step("one", RunOrder.UNCHANGED, "def transform(record):\n    return (\n", null)
                .post()
                .then()
                .statusCode(422)
                .body("code", equalTo("SCRIPT_SYNTAX"))
                .body("errors[0].pointer", containsString("/pipeline/steps/0/main"));
    }

    @Test
    void batchThatAlwaysCrashesFailsAlone() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(60)
                .main(
                        "import os\ndef transform(record):\n    if record['n'] < 30:\n        os._exit(1)\n    return record\n")
                .with("batchSize", 30)
                .submit();

        JsonPath ended = run.awaitEnd("PARTIAL");

        assertEquals(30, ended.getInt("records.failed"));
        assertEquals(30, ended.getInt("records.succeeded"));
        List<String> types = run.records("?status=FAILED&limit=1000").getList("items.error.type");
        assertEquals("SCRIPT_CRASHED", types.getFirst());
        assertEquals("BATCH_ABORTED", types.getLast());
    }
}
