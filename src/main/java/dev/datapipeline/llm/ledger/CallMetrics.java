package dev.datapipeline.llm.ledger;

import dev.datapipeline.llm.journal.CallStatus;
import dev.datapipeline.llm.journal.LogEntry.CallOutcome;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Picodollars;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts model calls for Prometheus. The names are stable, see docs/operations.md. Thread-safe. */
final class CallMetrics {
    /** A script that makes up names of models does not fill the registry: the rest share one. */
    private static final int MOST_MODELS = 200;

    private static final String OTHERS = "other";
    private static final double DOLLARS_PER_PICODOLLAR = 1e-12;

    private final MeterRegistry registry;
    private final Map<ModelKey, ModelMeters> models = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private record ModelKey(String upstream, String model) {}

    /** A try goes up. */
    void wentUp(String upstream) {
        open(upstream).incrementAndGet();
    }

    /** A try that went up has ended. */
    void cameBack(String upstream) {
        open(upstream).decrementAndGet();
    }

    /** Money of a try, also of one that is repeated. */
    void booked(String upstream, String model, Bill bill) {
        meters(upstream, model).cost(bill.total());
    }

    void ended(String upstream, String model, CallOutcome outcome) {
        meters(upstream, model).ended(outcome);
    }

    private AtomicInteger open(String upstream) {
        return open.computeIfAbsent(
                upstream,
                name -> registry.gauge("datapipeline.llm.open", Tags.of("upstream", name), new AtomicInteger()));
    }

    private ModelMeters meters(String upstream, String model) {
        ModelKey key = new ModelKey(upstream, model);
        ModelMeters known = models.get(key);
        if (known != null) {
            return known;
        }
        ModelKey counted = models.size() < MOST_MODELS ? key : new ModelKey(upstream, OTHERS);
        return models.computeIfAbsent(
                counted, unknown -> new ModelMeters(Tags.of("upstream", counted.upstream(), "model", counted.model())));
    }

    /** Meters of one model. */
    private final class ModelMeters {
        private final Tags tags;
        private final Counter prompt;
        private final Counter cached;
        private final Counter completion;
        private final Counter dollars;
        private final Timer waiting;

        ModelMeters(Tags tags) {
            this.tags = tags;
            this.prompt = tokens("prompt");
            this.cached = tokens("cached");
            this.completion = tokens("completion");
            this.dollars = Counter.builder("datapipeline.llm.cost.dollars")
                    .description("What model calls have cost, with the most that unsettled ones may have cost")
                    .tags(tags)
                    .register(registry);
            this.waiting = Timer.builder("datapipeline.llm.waiting")
                    .description("Time of model calls in our queue and between tries")
                    .tags(tags)
                    .register(registry);
        }

        private Counter tokens(String kind) {
            return Counter.builder("datapipeline.llm.tokens")
                    .description("Tokens that upstreams have counted; those of kept answers are not among them")
                    .tags(tags.and("kind", kind))
                    .register(registry);
        }

        void cost(Picodollars amount) {
            dollars.increment(Math.max(0, amount.value()) * DOLLARS_PER_PICODOLLAR);
        }

        void ended(CallOutcome outcome) {
            CallStatus status = outcome.status();
            Counter.builder("datapipeline.llm.calls")
                    .description("Model calls that have ended, by outcome")
                    .tags(tags.and("outcome", status.name().toLowerCase(Locale.ROOT)))
                    .register(registry)
                    .increment();
            waiting.record(Duration.ofMillis(outcome.waitedMillis()));
            if (status != CallStatus.REPLAYED && status != CallStatus.CACHED) {
                prompt.increment(Math.max(0, outcome.usage().prompt()));
                cached.increment(Math.max(0, outcome.usage().cached()));
                completion.increment(Math.max(0, outcome.usage().completion()));
            }
        }
    }
}
