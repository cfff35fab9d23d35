package dev.datapipeline.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user uploaded comes back as it was written, whatever the scripts did to it: digits, escapes, order of keys. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class RawBytesAreKeptTest {
    private static final List<String> RECORDS = List.of(
            "{\"price\":1.10,\"zero\":-0.0,\"exponent\":1E+2}",
            "{\"big\":1234567890123456789012345678901234567890}",
            "{\"z\":1,\"a\":2,\"m\":{\"y\":1,\"b\":2}}",
            "{\"text\":\"\\u00e9 \\/ \\ud800 \\u0000 \\\"quoted\\\" é 𝄞\"}",
            "{ \"spaced\" : [ 1 , 2.50 ] }",
            "{\"\":\"\",\"true\":true,\"null\":null}",
            "{}");

    @Test
    void rawRecordsEqualTheUpload() throws Exception {
        SubmittedRun run = RunOrder.of("[" + String.join(",", RECORDS) + "]")
                .main("def transform(record):\n    record.clear()\n    return record\n")
                .with("batchSize", 2)
                .submit();
        run.awaitEnd("SUCCEEDED");

        List<String> states = RECORDS.stream()
                .map(record -> "{\"raw\":" + record + ",\"main_clean\":{}}")
                .toList();
        assertEquals(String.join("\n", states) + "\n", run.results("ndjson", "states"));
        assertEquals("[" + String.join(",", states) + "]", run.results("json", "states"));
        String page = run.get("/records?offset=3&limit=1").extract().asString();
        assertEquals(RECORDS.get(3), page.substring(page.indexOf("\"raw\":") + 6, page.indexOf(",\"stages\"")));
    }

    @Test
    void bigIntegersAreExactInScriptsToo() throws Exception {
        SubmittedRun run = RunOrder.of("[" + RECORDS.get(1) + "]")
                .main("def transform(record):\n    record['big'] += 1\n    return record\n")
                .submit();
        run.awaitEnd("SUCCEEDED");

        assertEquals("[{\"big\":1234567890123456789012345678901234567891}]", run.results("json", "final"));
    }
}
