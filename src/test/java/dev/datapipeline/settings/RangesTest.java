package dev.datapipeline.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.http.HttpConfig;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.worker.dispatch.DispatchConfig;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that make no sense end a start, and say which they are. */
class RangesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            datapipeline.sandbox.warm                       | -1      | must be from 0 to 1000
            datapipeline.sandbox.warm                       | 1001    | must be from 0 to 1000
            datapipeline.sandbox.limit                      | 1       | must be from 2 to 10000
            datapipeline.sandbox.user-ids                   | 0-70000 | must be a range of user ids from 1000 on
            datapipeline.sandbox.user-ids                   | 2001-2000 | must be a range of user ids from 1000 on
            datapipeline.sandbox.user-ids                   | 70000   | must be a range of user ids from 1000 on
            datapipeline.sandbox.user-ids                   | 1000-9999999999 | must be a range of user ids from 1000 on
            datapipeline.sandbox.limits.processors          | 0.04    | must be 0.05 or more
            datapipeline.sandbox.limits.processes           | 7       | must be 8 or more
            datapipeline.sandbox.limits.crashes-per-batch   | -1      | must be 0 or more
            datapipeline.dispatch.slots                     | 65      | must be from 1 to 64
            datapipeline.http.max-concurrent-downloads      | 0       | must be 1 or more
            datapipeline.http.max-concurrent-downloads      | many    | many
            """)
    void rejectsWhatIsOutOfRange(String setting, String value, String reason) {
        var rejection = assertThrows(ConfigValidationException.class, () -> read(Map.of(setting, value)));
        String text = rejection.toString();
        assertTrue(text.contains(setting), text);
        assertTrue(text.contains(reason), text);
    }

    @Test
    void acceptsTheEndsOfARange() {
        SmallRyeConfig config = read(Map.of(
                "datapipeline.sandbox.warm", "0",
                "datapipeline.sandbox.limit", "10000",
                "datapipeline.sandbox.limits.processors", "0.05",
                "datapipeline.dispatch.slots", "64",
                "datapipeline.http.max-concurrent-downloads", "1"));
        SandboxConfig sandboxes = config.getConfigMapping(SandboxConfig.class);
        assertEquals(Optional.of(0), sandboxes.warm());
        assertEquals(Optional.of(10_000), sandboxes.limit());
        assertEquals(new BigDecimal("0.05"), sandboxes.limits().processors());
        assertEquals(64, config.getConfigMapping(DispatchConfig.class).effectiveSlots());
        assertEquals(1, config.getConfigMapping(HttpConfig.class).maxConcurrentDownloads());
    }

    private static SmallRyeConfig read(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(SandboxConfig.class)
                .withMapping(DispatchConfig.class)
                .withMapping(HttpConfig.class)
                .withDefaultValues(settings)
                .build();
    }
}
