package dev.datapipeline.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.run.RunOptions;
import dev.datapipeline.run.ToleratedFailures;
import dev.datapipeline.run.service.RunConfig;
import dev.datapipeline.worker.dispatch.DispatchConfig;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunOptionsValidatorTest {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final RunOptionsValidator RULES = new RunOptionsValidator(new Config(), new Slots());

    private record Config() implements RunConfig {
        @Override
        public int defaultBatchSize() {
            return 100;
        }

        @Override
        public int maxBatchSize() {
            return 1_000;
        }

        @Override
        public int maxBatches() {
            return 10;
        }

        @Override
        public MemorySize maxResultSize() {
            return new MemorySize(BigInteger.TEN.pow(9));
        }

        @Override
        public Duration defaultRecordTimeout() {
            return Duration.ofSeconds(60);
        }

        @Override
        public Duration maxRecordTimeout() {
            return Duration.ofHours(1);
        }

        @Override
        public int maxRecordConcurrency() {
            return 8;
        }
    }

    private record Slots() implements DispatchConfig {
        @Override
        public Optional<Integer> slots() {
            return Optional.of(4);
        }

        @Override
        public Duration turn() {
            return Duration.ofSeconds(1);
        }
    }

    @Test
    void missingOptionsGetTheirDefaults() throws JsonProcessingException {
        assertEquals(
                new RunOptions(100, 4, 1, Duration.ofSeconds(60), null, true, false),
                RULES.check(request("{\"toleratedFailures\":null}")));
    }

    @Test
    void givenOptionsAreUsed() throws JsonProcessingException {
        RunOptions options = RULES.check(request("""
                {"batchSize": 7, "maxParallelBatches": 2, "recordConcurrency": 8, "recordTimeoutSeconds": 0.25,
                 "toleratedFailures": "10%", "trace": "final", "isolation": "batch"}"""));

        assertEquals(7, options.batchSize());
        assertEquals(2, options.maxParallelBatches());
        assertEquals(8, options.recordConcurrency());
        assertEquals(Duration.ofMillis(250), options.recordTimeout());
        assertEquals(ToleratedFailures.share("10%").orElseThrow(), options.toleratedFailures());
        assertEquals(false, options.keepsAllStages());
        assertEquals(true, options.isolatesBatches());
    }

    @Test
    void limitsParallelBatchesToTheSlots() throws JsonProcessingException {
        assertEquals(4, RULES.check(request("{\"maxParallelBatches\":1024}")).maxParallelBatches());
    }

    @Test
    void boundsAreAllowed() throws JsonProcessingException {
        RULES.check(request("{\"batchSize\":1,\"recordTimeoutSeconds\":0.001,\"toleratedFailures\":0}"));
        RULES.check(request("{\"batchSize\":1000,\"recordTimeoutSeconds\":3600,\"toleratedFailures\":\"100%\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batchSize | 0",
                "batchSize | -1",
                "batchSize | 1001",
                "batchSize | 2147483647",
                "maxParallelBatches | 0",
                "maxParallelBatches | 1025",
                "recordConcurrency | 0",
                "recordConcurrency | 9",
                "recordTimeoutSeconds | 0",
                "recordTimeoutSeconds | 0.0009",
                "recordTimeoutSeconds | -1",
                "recordTimeoutSeconds | 3600.001",
                "recordTimeoutSeconds | 1e999999",
                "recordTimeoutSeconds | 1e-999999",
                "toleratedFailures | -1",
                "toleratedFailures | 1.5",
                "toleratedFailures | 9223372036854775808",
                "toleratedFailures | true",
                "toleratedFailures | []",
                "toleratedFailures | {}",
                "toleratedFailures | \"\"",
                "toleratedFailures | \"10\"",
                "toleratedFailures | \"101%\"",
                "trace | \"some\"",
                "trace | \"ALL\"",
                "isolation | \"\"",
            })
    void whatIsOutOfRangeIsRejectedWithItsPlace(String field, String value) throws JsonProcessingException {
        RunRequest request = request("{\"" + field + "\":" + value + "}");

        ProblemException rejection = assertThrows(ProblemException.class, () -> RULES.check(request));

        assertEquals(ProblemType.OUT_OF_RANGE, rejection.type());
        assertEquals(
                List.of("/" + field),
                rejection.errors().stream().map(FieldError::pointer).toList());
    }

    @Test
    void reportsAllInvalidOptionsAtOnce() throws JsonProcessingException {
        RunRequest request = request("{\"batchSize\":0,\"recordConcurrency\":0,\"trace\":\"x\"}");

        ProblemException rejection = assertThrows(ProblemException.class, () -> RULES.check(request));

        assertEquals(3, rejection.errors().size());
        assertEquals(
                "batchSize must be from 1 to 1,000.", rejection.errors().get(0).message());
    }

    private static RunRequest request(String json) throws JsonProcessingException {
        return JSON.readValue(json, RunRequest.class);
    }
}
