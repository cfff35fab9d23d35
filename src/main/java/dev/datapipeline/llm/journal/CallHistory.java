package dev.datapipeline.llm.journal;

import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.journal.LogEntry.CallOrigin;
import dev.datapipeline.llm.journal.LogEntry.CallOutcome;
import dev.datapipeline.llm.journal.LogEntry.Claimed;
import dev.datapipeline.llm.journal.LogEntry.Ended;
import dev.datapipeline.llm.journal.LogEntry.TryBooked;
import dev.datapipeline.llm.money.Picodollars;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The calls of a run that have ended, read from its logs. Reading takes about a second for a million calls. */
public final class CallHistory {
    private static final Usage NO_USAGE = new Usage(0, 0, 0, 0, 0, true);

    private final CallLog log;
    private final String instance;

    /** @param instance of this process: what is open in its logs goes on, what is open in others was interrupted */
    public CallHistory(CallLog log, String instance) {
        this.log = log;
        this.instance = instance;
    }

    /** A call that has ended. */
    public record PastCall(String id, CallOrigin origin, CallOutcome outcome) {}

    /** What a list begins with. */
    public enum Order {
        NEWEST(Comparator.comparingLong((PastCall call) -> call.origin().startedAt())
                .thenComparing(PastCall::id)),
        SLOWEST(Comparator.comparingLong((PastCall call) -> call.outcome().tookMillis())
                .thenComparing(PastCall::id)),
        DEAREST(Comparator.comparing((PastCall call) -> call.outcome().cost()).thenComparing(PastCall::id));

        private final Comparator<PastCall> rising;

        Order(Comparator<PastCall> rising) {
            this.rising = rising;
        }
    }

    /**
     * Which calls are wanted.
     *
     * @param filter may also leave out what an earlier page had
     * @param limit how many at most: the first in the order
     */
    public record Selection(Predicate<PastCall> filter, Order order, int limit) {}

    /** Returns the first calls in the order, those that go before all others first. */
    public List<PastCall> list(UUID run, Predicate<PastCall> filter, Order order, int limit) throws IOException {
        return lists(run, List.of(new Selection(filter, order, limit))).getFirst();
    }

    /** Makes several lists of calls at once, since reading takes the time. */
    public List<List<PastCall>> lists(UUID run, List<Selection> selections) throws IOException {
        List<Best> lists = selections.stream().map(Best::new).toList();
        visit(run, call -> lists.forEach(list -> list.add(call)));
        return lists.stream().map(Best::inOrder).toList();
    }

    /** The calls of a list so far. */
    private static final class Best {
        private final Selection selection;
        private final PriorityQueue<PastCall> calls;

        Best(Selection selection) {
            this.selection = selection;
            this.calls = new PriorityQueue<>(selection.order().rising);
        }

        void add(PastCall call) {
            if (selection.filter().test(call)) {
                calls.add(call);
                if (calls.size() > selection.limit()) {
                    calls.remove();
                }
            }
        }

        List<PastCall> inOrder() {
            List<PastCall> listed = new ArrayList<>(calls);
            listed.sort(selection.order().rising.reversed());
            return listed;
        }
    }

    /** Whether one call comes behind another in the order: for the page that follows. */
    public static boolean isBehind(Order order, PastCall call, PastCall lastOfPage) {
        return order.rising.compare(call, lastOfPage) < 0;
    }

    /** Visits all calls, those of each log in the order in which they ended. */
    public void visit(UUID run, Consumer<PastCall> visitor) throws IOException {
        for (String name : log.logs(run)) {
            read(run, name, visitor);
        }
    }

    private void read(UUID run, String name, Consumer<PastCall> visitor) throws IOException {
        Map<Long, Open> open = new HashMap<>();
        log.read(run, name, 0, (offset, entry) -> {
            switch (entry) {
                case Claimed claim ->
                    open.computeIfAbsent(claim.call(), unknown -> new Open()).claim(claim);
                case TryBooked booked ->
                    open.computeIfAbsent(booked.call(), unknown -> new Open()).book(booked);
                case Ended ended -> {
                    open.remove(ended.call());
                    visitor.accept(new PastCall(id(name, ended), ended.origin(), ended.outcome()));
                }
            }
        });
        if (!name.startsWith(instance)) {
            open.values().forEach(call -> visitor.accept(call.interrupted(name)));
        }
    }

    private static String id(String name, LogEntry entry) {
        return name + "-" + entry.call();
    }

    /** A call whose end was not read yet. */
    private static final class Open {
        private Claimed last = new Claimed(0, new CallOrigin(0, -1, -1, "", "", "", 0), Picodollars.ZERO);
        private Picodollars booked = Picodollars.ZERO;
        private int tries;
        private boolean isUp;

        void claim(Claimed claim) {
            last = claim;
            tries++;
            isUp = true;
        }

        void book(TryBooked end) {
            booked = booked.plus(end.bill().total());
            isUp = false;
        }

        PastCall interrupted(String name) {
            Picodollars cost = isUp ? booked.plus(last.amount()) : booked;
            CallOutcome outcome = new CallOutcome(
                    CallStatus.INTERRUPTED,
                    0,
                    tries,
                    cost,
                    NO_USAGE,
                    0,
                    0,
                    0,
                    "",
                    "",
                    "The service ended during the call.");
            return new PastCall(id(name, last), last.origin(), outcome);
        }
    }
}
