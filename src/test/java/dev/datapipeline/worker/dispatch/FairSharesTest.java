package dev.datapipeline.worker.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.run.BatchId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of runs whose neighbours take all they can get; the clock is turned by hand. */
class FairSharesTest {
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration A_LONG_TIME = Duration.ofHours(1);
    private static final Duration LONG_LOOK = Duration.ofMillis(500);
    private static final Duration FOR_EVER = Duration.ofDays(100);

    private final Machine machine = new Machine(2, 4);

    @Test
    void singleRunNeverGetsMoreThanTheSlots() {
        UUID only = machine.submit(100, Duration.ofSeconds(30));

        machine.pass(Duration.ofMinutes(10));

        assertEquals(2, machine.mostAtOnce);
        assertEquals(0, machine.givenBack, "nobody else waits");
        assertEquals(60, machine.release(only) + 20, "two at a time for ten minutes");
    }

    @Test
    void twoLongRunsDoNotKeepAShortRunWaiting() {
        machine.submit(1, FOR_EVER);
        machine.submit(1, FOR_EVER);

        UUID small = machine.submit(2, Duration.ofMillis(300));

        assertWithin(Duration.ofSeconds(2), small);
        assertEquals(0, machine.givenBack, "there was room for it");
    }

    @Test
    void longRunDoesNotTakeTheSlotsThatOthersLeave() {
        UUID sleeping = machine.submit(200_000, FOR_EVER);
        machine.pass(Duration.ofMinutes(1));

        UUID small = machine.submit(10, Duration.ofMillis(200));

        assertWithin(Duration.ofSeconds(3), small);
        assertEquals(2, machine.active(sleeping));
    }

    @Test
    void fourLongRunsWithAllSlotsReleaseOneToAShortRun() {
        IntStream.range(0, 4).forEach(run -> machine.submit(10, FOR_EVER));
        machine.pass(Duration.ofMinutes(1));
        assertEquals(4, machine.active());

        UUID small = machine.submit(2, Duration.ofMillis(300));

        assertWithin(Duration.ofSeconds(2), small);
    }

    @Test
    void thousandLongRunsDelayAShortRunByAFewTurnsOnly() {
        IntStream.range(0, 999).forEach(run -> machine.submit(200, FOR_EVER));

        UUID early = machine.submit(2, Duration.ofMillis(300));

        assertWithin(Duration.ofSeconds(8), early);
        machine.pass(Duration.ofHours(1));
        UUID late = machine.submit(2, Duration.ofMillis(300));
        assertWithin(Duration.ofSeconds(4), late);
    }

    @Test
    void longRunEndsBesideThousandLongRunsAndAStreamOfShortOnes() {
        IntStream.range(0, 100).forEach(run -> machine.submit(10, FOR_EVER));
        UUID longRun = machine.submit(1, Duration.ofMinutes(2));

        for (int minute = 0; minute < 60 * 24 * 3 && machine.isOpen(longRun); minute++) {
            machine.submit(1, Duration.ofMillis(200));
            machine.pass(Duration.ofMinutes(1));
        }

        assertTrue(!machine.isOpen(longRun), "its turns grow until it has time enough");
    }

    @Test
    void longBatchesOfHonestRunsLoseOnlyASmallPartOfTheirTime() {
        List<UUID> runs = IntStream.range(0, 6)
                .mapToObj(run -> machine.submit(1, Duration.ofSeconds(60)))
                .toList();

        Duration took = machine.passUntil(() -> runs.stream().noneMatch(machine::isOpen), Duration.ofHours(1));

        assertTrue(took.compareTo(Duration.ofSeconds(2 * 6 * 60 / 2)) < 0, "six minutes of work took " + took);
    }

    @Test
    void shortBatchesAreNeverPreempted() {
        IntStream.range(0, 20).forEach(run -> machine.submit(50, Duration.ofMillis(700)));

        machine.pass(Duration.ofMinutes(5));

        assertEquals(0, machine.givenBack);
        assertEquals(3, machine.mostAtOnce, "the slots, and one for runs that have none");
    }

    @Test
    void batchThatWaitsForASandboxIsNotPreempted() {
        machine.haveSandboxes = false;
        IntStream.range(0, 10).forEach(run -> machine.submit(1, FOR_EVER));

        machine.pass(Duration.ofMinutes(1));

        assertEquals(0, machine.givenBack, "its turn has not begun");
    }

    @Test
    void onlyABatchWhoseTurnIsOverIsPreempted() {
        machine.submit(1, FOR_EVER);
        machine.submit(1, FOR_EVER);
        machine.pass(Duration.ofSeconds(2));
        machine.submit(1, FOR_EVER);
        machine.submit(1, FOR_EVER);
        machine.submit(1, Duration.ofMillis(100));

        machine.pass(Duration.ofMillis(500));

        assertEquals(1, machine.givenBack);
        assertEquals(
                List.of(Duration.ofSeconds(2)),
                machine.agesOfGivenBack.stream()
                        .map(age -> Duration.ofSeconds(age.toSeconds()))
                        .toList());
    }

    private void assertWithin(Duration longest, UUID run) {
        Duration took = machine.passUntil(() -> !machine.isOpen(run), longest.multipliedBy(10));
        assertTrue(took.compareTo(longest) <= 0, "it took " + took);
    }

    /** Runs with batches of a known length, a table of what waits, and workers that do as they are told. */
    private static final class Machine {
        private final DispatchQueue queue;
        private final Map<UUID, Simulated> runs = new HashMap<>();
        private final List<Begun> begun = new ArrayList<>();
        private final List<Duration> agesOfGivenBack = new ArrayList<>();
        private long now;
        private int mostAtOnce;
        private int givenBack;
        private boolean haveSandboxes = true;

        Machine(int slots, int maxSlots) {
            queue = new DispatchQueue(new SlotRules(slots, maxSlots, TURN), () -> now);
        }

        UUID submit(int batches, Duration length) {
            UUID id = UUID.randomUUID();
            runs.put(id, new Simulated(batches, length));
            queue.open(id, 2);
            handOut();
            return id;
        }

        boolean isOpen(UUID id) {
            return run(id).left > 0;
        }

        int release(UUID id) {
            return run(id).batches - run(id).left;
        }

        int active() {
            return begun.size();
        }

        long active(UUID id) {
            return begun.stream().filter(batch -> batch.id().run().equals(id)).count();
        }

        void pass(Duration time) {
            passUntil(() -> false, time);
        }

        Duration passUntil(BooleanSupplier isOver, Duration longest) {
            long start = now;
            Duration step = longest.compareTo(A_LONG_TIME) < 0 ? LOOK : LONG_LOOK;
            while (!isOver.getAsBoolean() && now - start < longest.toNanos()) {
                now += step.toNanos();
                List.copyOf(begun).forEach(this::endWhenDone);
                handOut();
                queue.nextToPreempt().ifPresent(this::release);
                handOut();
            }
            return Duration.ofNanos(now - start);
        }

        private Simulated run(UUID id) {
            return Objects.requireNonNull(runs.get(id));
        }

        private void endWhenDone(Begun batch) {
            Simulated run = run(batch.id().run());
            if (now - batch.at() < run.length.toNanos()) {
                return;
            }
            begun.remove(batch);
            run.left--;
            queue.release(batch.id());
            if (run.left == 0) {
                queue.close(batch.id().run());
            }
        }

        private void release(BatchId id) {
            Begun batch = begun.stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            givenBack++;
            agesOfGivenBack.add(Duration.ofNanos(now - batch.at()));
            begun.remove(batch);
            run(id.run()).waiting.add(id.number());
            queue.release(id);
        }

        private void handOut() {
            for (Optional<BatchId> next = next(); next.isPresent(); next = next()) {
                run(next.get().run()).waiting.remove(next.get().number());
                begun.add(new Begun(next.get(), now));
                if (haveSandboxes) {
                    queue.started(next.get());
                }
                mostAtOnce = Math.max(mostAtOnce, begun.size());
            }
        }

        private Optional<BatchId> next() {
            while (true) {
                switch (queue.choose()) {
                    case DispatchQueue.Dispatch batch -> {
                        return Optional.of(batch.id());
                    }
                    case DispatchQueue.Read read ->
                        queue.endReading(
                                read,
                                run(read.run()).waiting.tailSet(read.first()).stream()
                                        .limit(DispatchQueue.READ_AHEAD)
                                        .toList());
                    case DispatchQueue.Nothing nothing -> {
                        return Optional.empty();
                    }
                }
            }
        }

        private record Begun(BatchId id, long at) {}

        private static final class Simulated {
            final int batches;
            final Duration length;
            final TreeSet<Integer> waiting;
            int left;

            Simulated(int batches, Duration length) {
                this.batches = batches;
                this.length = length;
                this.left = batches;
                this.waiting = new TreeSet<>(IntStream.range(0, batches).boxed().toList());
            }
        }
    }
}
