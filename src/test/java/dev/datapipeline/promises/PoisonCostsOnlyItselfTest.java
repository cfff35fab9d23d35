package dev.datapipeline.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

/** One record in ten thousand that kills its process fails with its index and the reason; every other one has its result. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class PoisonCostsOnlyItselfTest {
    @Test
    void poisonRecordFailsAlone() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(10_000).main("""
                        import ctypes

                        def transform(record):
                            if record["n"] == 7_654:
                                ctypes.string_at(0)
                            return {"double": record["n"] * 2}
                        """).with("batchSize", 1_000).submit();

        JsonPath ended = run.awaitEnd("PARTIAL");

        assertEquals(9_999, ended.getInt("records.succeeded"));
        assertEquals(1, ended.getInt("records.failed"));
        JsonPath failed = run.records("?status=FAILED");
        assertEquals(7_654, failed.getInt("items[0].index"));
        assertEquals("SCRIPT_CRASHED", failed.getString("items[0].error.type"));
        assertTrue(failed.getString("items[0].error.message").contains("signal"), "the reason is named");
        assertEquals(7_653 * 2, run.records("?offset=7653&limit=1").getInt("items[0].stages[0].value.double"));
        assertEquals(7_655 * 2, run.records("?offset=7655&limit=1").getInt("items[0].stages[0].value.double"));
    }
}
