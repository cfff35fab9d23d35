package dev.datapipeline.llm.budget.usage;

import dev.datapipeline.llm.journal.CallLog;
import dev.datapipeline.llm.journal.LogEntry;
import dev.datapipeline.llm.journal.LogEntry.Claimed;
import dev.datapipeline.llm.journal.LogEntry.Ended;
import dev.datapipeline.llm.journal.LogEntry.TryBooked;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Picodollars;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Adds up a log of calls, as its process would have; claims without a bill count in full. */
public final class LogSums {
    private final Map<Long, Claimed> open = new HashMap<>();
    private final Map<UsageKey, UsageSum> sums = new HashMap<>();

    /** @throws IOException the log cannot be read, or another version of the service has written it */
    public static LogSums of(CallLog log, UUID run, String name) throws IOException {
        LogSums sums = new LogSums();
        log.read(run, name, 0, (offset, entry) -> sums.add(entry));
        sums.open.values().forEach(claim -> sums.add(key(claim), new Bill(Picodollars.ZERO, claim.amount())));
        return sums;
    }

    private void add(LogEntry entry) {
        switch (entry) {
            case Claimed claim -> open.put(claim.call(), claim);
            case TryBooked booked -> {
                Claimed claim = open.remove(booked.call());
                if (claim != null) {
                    add(key(claim), booked.bill());
                }
            }
            case Ended ended -> {
                open.remove(ended.call());
                UsageKey key =
                        new UsageKey(ended.origin().stage(), ended.origin().model());
                add(key, ended.bill());
                sums.merge(key, UsageSum.of(ended.outcome()), UsageSum::plus);
            }
        }
    }

    private static UsageKey key(Claimed claim) {
        return new UsageKey(claim.origin().stage(), claim.origin().model());
    }

    private void add(UsageKey key, Bill bill) {
        sums.merge(key, UsageSum.of(bill), UsageSum::plus);
    }

    public Map<UsageKey, UsageSum> sums() {
        return sums;
    }

    public Picodollars used() {
        return sums.values().stream()
                .map(sum -> sum.spent().plus(sum.unsettled()))
                .reduce(Picodollars.ZERO, Picodollars::plus);
    }
}
