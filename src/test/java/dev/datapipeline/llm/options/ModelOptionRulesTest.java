package dev.datapipeline.llm.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.llm.call.CallScope.Cache;
import dev.datapipeline.problem.FieldError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelOptionRulesTest {
    @ParameterizedTest
    @CsvSource({"5, 5.00", "0.000000000001, 0.000000000001", "1000000, 1000000.00", "007.50, 7.50"})
    void budgetIsStoredAsPlainDollars(String given, String stored) {
        assertEquals(
                stored,
                read(new ModelOptionsRequest(null, null, given, null, null)).budget());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "0.00",
                "-1",
                "+1",
                "1e3",
                "1E-3",
                "1,5",
                "$5",
                "5 ",
                "5.",
                ".5",
                "NaN",
                "Infinity",
                "0x10",
                "٣",
                "0.0000000000001",
                "1000000.000000000001",
                "1000001",
                "99999999999999999999",
                "five"
            })
    void wrongBudgetIsToldWithItsPlace(String budget) {
        assertEquals(List.of("/llm/budget"), wrong(new ModelOptionsRequest(null, null, budget, null, null)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1_000_001, Long.MIN_VALUE, Long.MAX_VALUE})
    void wrongBoundOfAnswersIsToldWithItsPlace(long tokens) {
        assertEquals(List.of("/llm/maxOutputTokens"), wrong(new ModelOptionsRequest(null, null, null, tokens, null)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_000_000})
    void boundsOfAnswersWithinTheRangeAreTaken(long tokens) {
        assertEquals(
                tokens,
                read(new ModelOptionsRequest(null, null, null, tokens, null)).maxOutputTokens());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "on", "OFF", "Exact", "true"})
    void wrongCacheIsToldWithItsPlace(String cache) {
        assertEquals(List.of("/llm/cache"), wrong(new ModelOptionsRequest(null, null, null, null, cache)));
    }

    @Test
    void cacheIsTaken() {
        assertEquals(
                Cache.EXACT,
                read(new ModelOptionsRequest(null, null, null, null, "exact")).cache());
        assertEquals(
                Cache.OFF,
                read(new ModelOptionsRequest(null, null, null, null, "off")).cache());
    }

    @Test
    void wrongModelsAreToldWithTheirPlaces() {
        assertEquals(List.of("/llm/models"), wrong(models(List.of())));
        assertEquals(List.of("/llm/models"), wrong(models(Collections.nCopies(101, "m"))));
        assertEquals(
                List.of(
                        "/llm/models/1",
                        "/llm/models/2",
                        "/llm/models/3",
                        "/llm/models/4",
                        "/llm/models/5",
                        "/llm/models/6"),
                wrong(new ModelOptionsRequest(
                        null, Arrays.asList("m", null, "", "a b", "a\n", "m", "x".repeat(201)), null, null, null)));
    }

    @Test
    void asManyModelsAsAllowedAreTaken() {
        List<String> models = IntStream.range(0, 100)
                .mapToObj(i -> "org/model-" + i + ":tag@v")
                .toList();

        assertEquals(models, read(models(models)).models());
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertEquals(
                List.of("/llm/models", "/llm/budget", "/llm/maxOutputTokens", "/llm/cache"),
                wrong(new ModelOptionsRequest("u", List.of(), "no", -1L, "no")));
    }

    private static ModelOptionsRequest models(List<String> models) {
        return new ModelOptionsRequest(null, List.copyOf(models), null, null, null);
    }

    private static ModelOptions read(ModelOptionsRequest request) {
        List<FieldError> errors = new ArrayList<>();
        ModelOptions options = request.read("/llm", errors);
        assertEquals(List.of(), errors);
        return options;
    }

    private static List<String> wrong(ModelOptionsRequest request) {
        List<FieldError> errors = new ArrayList<>();
        request.read("/llm", errors);
        return errors.stream().map(FieldError::pointer).toList();
    }
}
