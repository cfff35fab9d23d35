package dev.datapipeline.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In whatever order batches and records finish, results are in the order of the dataset; also while the run goes on. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class InputOrderIsKeptTest {
    @Test
    void resultsOfLaterBatchesComeLater() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(100).main("""
                        import time

                        def transform(record):
                            time.sleep(0.05 if record["n"] < 20 else 0)
                            return record
                        """).with("batchSize", 10).submit();

        run.await("the end", look -> {
            List<Integer> sofar = numbers(run.results("ndjson", "final"));
            assertEquals(sofar.stream().sorted().toList(), sofar);
            return look.getString("status").equals("SUCCEEDED");
        });

        assertEquals(RunOrder.numbers(100), run.results("json", "final"));
    }

    @Test
    void concurrentRecordsKeepTheirOrder() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(60)
                .main("""
                        import asyncio

                        async def transform(record):
                            await asyncio.sleep((60 - record["n"]) / 200)
                            return record
                        """)
                .with("batchSize", 30)
                .with("recordConcurrency", 16)
                .submit();
        run.awaitEnd("SUCCEEDED");

        assertEquals(RunOrder.numbers(60), run.results("json", "final"));
        assertEquals(
                IntStream.range(0, 60).mapToObj(n -> "{\"n\":" + n + "}").collect(Collectors.joining("\n", "", "\n")),
                run.results("ndjson", "final"));
    }

    private static List<Integer> numbers(String lines) {
        return lines.lines()
                .map(line -> Integer.valueOf(line.replaceAll("[^0-9]", "")))
                .toList();
    }
}
