package dev.datapipeline.results.correlation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.results.correlation.CorrelationsResponse.CorrelationResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a group has and others have not; 40 records of the group and 400 others, unless a test says so. */
class CorrelationFinderTest {
    private final CorrelationFinder finder = new CorrelationFinder();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}                  | {\"a\":1,\"rating\":2}      | rating MISSING",
                "{\"a\":1,\"extra\":%d}     | {\"a\":1}                   | extra PRESENT",
                "{\"a\":null}               | {\"a\":%d}                  | a NULL",
                "{\"a\":\" \"}              | {\"a\":\"n%d\"}             | a EMPTY",
                "{\"a\":[]}                 | {\"a\":[%d]}                | a EMPTY",
                "{\"a\":\"n/a\"}            | {\"a\":\"n%d\"}             | a VALUE \"n/a\"",
                "{\"a\":0}                  | {\"a\":1%d}                 | a VALUE 0",
                "{\"a\":true}               | {\"a\":false}               | a VALUE true",
                "{\"a\":\"%d\"}             | {\"a\":%d}                  | a TYPE text",
                "{\"a\":\"%d,5\"}           | {\"a\":\"%d.5\"}            | a PATTERN 9,9",
                "{\"a\":5%d}                | {\"a\":-%d}                 | a AT_LEAST 50",
                "{\"a\":-5%d}               | {\"a\":%d}                  | a AT_MOST -50",
                "{\"a\":{\"b\":1}}          | {\"a\":{\"b\":1,\"c\":%d}}  | a.c MISSING",
                "{}                         | {\"a\":{\"b\":{\"c\":%d}}}  | a MISSING",
            })
    void groupIsToldFromOthersByTheFieldThatDiffers(String group, String others, String expected) throws IOException {
        addGroup(40, group);
        addOthers(400, others);

        CorrelationResponse best = finder.best().items().getFirst();

        assertEquals(expected, text(best));
        assertEquals(40, best.group());
        assertEquals(0, best.others());
        assertEquals(1, finder.best().items().size(), finder.best().items().toString());
    }

    @Test
    void longTextsAreToldByTheirLength() throws IOException {
        addGroup(40, "{\"a\":\"" + "x".repeat(90) + "%d\"}");
        addOthers(400, "{\"a\":\"" + "x".repeat(61) + "%d\"}");

        assertEquals("a LENGTH_AT_LEAST 91", text(finder.best().items().getFirst()));
    }

    @Test
    void rangeWithinTheOthersIsToldByBothBounds() throws IOException {
        for (int i = 0; i < 30; i++) {
            finder.addOfGroup("{\"a\":%d}".formatted(500 + i).getBytes(UTF_8));
        }
        for (int i = 0; i < 1_000; i++) {
            finder.addOfOthers("{\"a\":%d}".formatted(i).getBytes(UTF_8));
        }

        CorrelationResponse best = finder.best().items().getFirst();

        assertEquals("a BETWEEN 500 529", text(best));
        assertEquals(30, best.others());
    }

    @Test
    void fewExceptionsDoNotHideATrait() throws IOException {
        addGroup(100, "{\"id\":%d}");
        addOthers(4_898, "{\"id\":%d,\"rating\":5}");
        addOthers(2, "{\"id\":%d}");

        CorrelationsResponse found = finder.best();

        assertEquals(100, found.group());
        assertEquals(4_900, found.others());
        CorrelationResponse best = found.items().getFirst();
        assertEquals("rating MISSING", text(best));
        assertEquals(100, best.group());
        assertEquals(2, best.others());
    }

    @Test
    void whatAllRecordsHaveTellsNothing() throws IOException {
        addGroup(40, "{\"a\":1,\"n\":%d}");
        addOthers(40, "{\"a\":1,\"n\":%d}");

        assertEquals(List.of(), finder.best().items());
    }

    @Test
    void oneRecordHasNoValueInCommonWithItself() throws IOException {
        addGroup(1, "{\"id\":7,\"name\":\"x\",\"at\":\"2026-11-30\"}");
        addOthers(4_000, "{\"id\":1%d,\"name\":\"y%d\",\"at\":\"never\"}");

        assertEquals(List.of(), finder.best().items());
    }

    @Test
    void chanceIsNotTakenForATrait() throws IOException {
        addGroup(4, "{\"flag\":true}");
        addOthers(200, "{\"flag\":true}");
        addOthers(200, "{\"flag\":false}");

        assertEquals(List.of(), finder.best().items());
    }

    @Test
    void groupWithoutOthersHasNothingToBeToldFrom() throws IOException {
        addGroup(40, "{\"a\":1}");

        CorrelationsResponse found = finder.best();

        assertEquals(new CorrelationsResponse(40, 0, List.of()), found);
    }

    @Test
    void fieldThatARecordHasTwiceCountsOnce() throws IOException {
        addGroup(40, "{\"a\":null,\"a\":null}");
        addOthers(400, "{\"a\":1,\"a\":1}");

        CorrelationResponse best = finder.best().items().getFirst();

        assertEquals(List.of(40L, 0L), List.of(best.group(), best.others()));
    }

    @Test
    void hostileRecordsCostLittle() throws IOException {
        String deep = "{\"a\":".repeat(400) + "1" + "}".repeat(400);
        StringBuilder wide = new StringBuilder("{");
        for (int i = 0; i < 20_000; i++) {
            wide.append("\"k").append(i).append("\":").append(i).append(',');
        }
        String longNumber = "{\"n\":" + "9".repeat(100_000) + "}";

        for (String record : List.of(deep, wide.append("\"z\":0}").toString(), longNumber, "{\"cut", "", "7")) {
            finder.addOfGroup(record.getBytes(UTF_8));
            finder.addOfGroup(record.getBytes(UTF_8));
        }
        addOthers(10, "{\"a\":1}");

        assertEquals(12, finder.best().group());
    }

    private void addGroup(int records, String template) throws IOException {
        for (int i = 0; i < records; i++) {
            finder.addOfGroup(template.replace("%d", String.valueOf(i)).getBytes(UTF_8));
        }
    }

    private void addOthers(int records, String template) throws IOException {
        for (int i = 0; i < records; i++) {
            finder.addOfOthers(template.replace("%d", String.valueOf(i)).getBytes(UTF_8));
        }
    }

    private static String text(CorrelationResponse found) {
        return Stream.of(String.join(".", found.path()), found.kind().name(), found.value(), found.to())
                .filter(part -> part != null)
                .reduce((one, two) -> one + " " + two)
                .orElseThrow();
    }
}
