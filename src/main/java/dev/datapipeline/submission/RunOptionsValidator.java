package dev.datapipeline.submission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.run.RunOptions;
import dev.datapipeline.run.ToleratedFailures;
import dev.datapipeline.run.service.RunConfig;
import dev.datapipeline.worker.dispatch.DispatchConfig;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the requested options into options within their limits; missing ones get their default. */
@Singleton
class RunOptionsValidator {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private final RunConfig config;
    private final DispatchConfig dispatch;

    RunOptionsValidator(RunConfig config, DispatchConfig dispatch) {
        this.config = config;
        this.dispatch = dispatch;
    }

    RunOptions check(RunRequest request) {
        List<FieldError> errors = new ArrayList<>();
        int slots = dispatch.effectiveSlots();
        RunOptions options = new RunOptions(
                whole("/batchSize", request.batchSize(), config.defaultBatchSize(), config.maxBatchSize(), errors),
                Math.min(slots, whole("/maxParallelBatches", request.maxParallelBatches(), slots, 1024, errors)),
                whole("/recordConcurrency", request.recordConcurrency(), 1, config.maxRecordConcurrency(), errors),
                timeout(request.recordTimeoutSeconds(), errors),
                tolerated(request.toleratedFailures(), errors),
                choice("/trace", request.trace(), "all", "final", errors),
                !choice("/isolation", request.isolation(), "run", "batch", errors));
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.OUT_OF_RANGE, errors.get(0).message(), errors);
        }
        return options;
    }

    private static int whole(
            String pointer, @Nullable Integer value, int defaultValue, int most, List<FieldError> errors) {
        if (value == null) {
            return defaultValue;
        }
        if (value < 1 || value > most) {
            errors.add(new FieldError(pointer, "%s must be from 1 to %,d.".formatted(pointer.substring(1), most)));
        }
        return value;
    }

    private Duration timeout(@Nullable BigDecimal seconds, List<FieldError> errors) {
        if (seconds == null) {
            return config.defaultRecordTimeout();
        }
        BigDecimal longest = BigDecimal.valueOf(config.maxRecordTimeout().toSeconds());
        if (seconds.compareTo(new BigDecimal("0.001")) < 0 || seconds.compareTo(longest) > 0) {
            errors.add(new FieldError(
                    "/recordTimeoutSeconds", "recordTimeoutSeconds must be from 0.001 to %s.".formatted(longest)));
            return config.defaultRecordTimeout();
        }
        return Duration.ofMillis(seconds.multiply(THOUSAND).longValue());
    }

    private static boolean choice(
            String pointer, @Nullable String value, String first, String second, List<FieldError> errors) {
        if (value != null && !value.equals(first) && !value.equals(second)) {
            errors.add(new FieldError(
                    pointer, "%s must be \"%s\" or \"%s\".".formatted(pointer.substring(1), first, second)));
        }
        return value == null || value.equals(first);
    }

    private static @Nullable ToleratedFailures tolerated(@Nullable JsonNode value, List<FieldError> errors) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0) {
            return new ToleratedFailures.Count(value.longValue());
        }
        if (value.isTextual()) {
            var share = ToleratedFailures.share(value.textValue());
            if (share.isPresent()) {
                return share.get();
            }
        }
        errors.add(new FieldError(
                "/toleratedFailures", "toleratedFailures must be a count from 0 on, or a share such as \"10%\"."));
        return null;
    }
}
