package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.Containers;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Eventually;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator reads about work, and what not. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class LogJourneyTest {
    private static final Logger ENDS = Logger.getLogger("dev.datapipeline.worker.AttemptEnds");
    private static final int BATCHES = 12;

    private final LoggedLines lines = new LoggedLines();

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(lines);
        ENDS.setLevel(Level.FINE);
    }

    @AfterEach
    void listenNoMore() {
        ENDS.setLevel(null);
        Logger.getLogger("").removeHandler(lines);
    }

    @Test
    void everyLineOfABatchSaysWhichOneItIsAbout() throws Exception {
        SubmittedRun one = RunOrder.ofNumbers(BATCHES).with("batchSize", 1).submit();
        SubmittedRun other = RunOrder.ofNumbers(BATCHES).with("batchSize", 1).submit();
        one.awaitEnd("SUCCEEDED");
        other.awaitEnd("SUCCEEDED");

        // The last batch of a run ends the run instead.
        Eventually.eventually(
                "all lines are there", Duration.ofSeconds(10), () -> finished().size() == 2 * (BATCHES - 1));
        Set<String> sandboxes = Set.copyOf(Containers.sandboxes(one));
        List<ExtLogRecord> ofOne = finished().stream()
                .filter(line -> one.id().equals(line.getMdc("run")))
                .toList();
        assertEquals(BATCHES - 1, ofOne.size());
        assertEquals(
                BATCHES - 1,
                ofOne.stream()
                        .map(line -> line.getMdc("batch"))
                        .collect(toSet())
                        .size());
        for (ExtLogRecord line : ofOne) {
            assertEquals("1", line.getMdc("attempt"));
            assertTrue(sandboxes.contains(line.getMdc("sandbox")), line::getNdc);
            assertTrue(
                    console(line)
                            .endsWith(" DEBUG AttemptEnds batch %s/%s, attempt 1, sandbox %s: finished\n"
                                    .formatted(one.id(), line.getMdc("batch"), line.getMdc("sandbox"))),
                    () -> console(line));
        }
    }

    @Test
    void linesForProgramsCarryTheSameAsFields() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(2).with("batchSize", 1).submit();
        run.awaitEnd("SUCCEEDED");
        Eventually.eventually(
                "the line is there", Duration.ofSeconds(10), () -> !finished().isEmpty());

        String line = new JsonFormatter().format(finished().getFirst());

        assertEquals(1, line.lines().count());
        JsonPath json = new JsonPath(line);
        assertEquals("finished", json.getString("message"));
        assertEquals(run.id(), json.getString("mdc.run"));
        assertEquals("1", json.getString("mdc.attempt"));
        assertEquals(
                Set.of("run", "batch", "attempt", "sandbox"), json.getMap("mdc").keySet());
    }

    @Test
    void otherLinesHaveNoSuchFields() {
        ExtLogRecord line = new ExtLogRecord(Level.INFO, "alone", LogJourneyTest.class.getName());
        line.setLoggerName("a.Logger");

        assertTrue(console(line).endsWith(" INFO  Logger alone\n"), () -> console(line));
    }

    @Test
    void answeredConflictsAreNotLogged() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(1).submit();
        String dataset = run.awaitEnd("SUCCEEDED").getString("dataset.id");

        given().delete("/api/v1/datasets/" + dataset).then().statusCode(409);

        assertEquals(
                List.of(),
                lines.all().stream()
                        .filter(line -> line.getLoggerName().startsWith("org.hibernate"))
                        .map(LogJourneyTest::console)
                        .toList());
    }

    private List<ExtLogRecord> finished() {
        return lines.all().stream()
                .filter(line -> line.getFormattedMessage().equals("finished"))
                .toList();
    }

    private static String console(ExtLogRecord line) {
        String format = ConfigProvider.getConfig().getValue("quarkus.log.console.format", String.class);
        return new PatternFormatter(format).format(line);
    }
}
