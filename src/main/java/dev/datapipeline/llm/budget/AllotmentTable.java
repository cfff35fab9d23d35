package dev.datapipeline.llm.budget;

import dev.datapipeline.database.Query;
import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.llm.budget.Loan.Lent;
import dev.datapipeline.llm.budget.usage.UsageKey;
import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.money.Picodollars;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All SQL of allotments and their sums; inside somebody's transaction. */
final class AllotmentTable {
    /** Few commits for many calls, and little that lies idle with one process. */
    private static final int PART_LENT_AT_ONCE = 32;

    /** Nothing happens when the row is there already, or the run is gone. */
    private static final Sql INSERT_BUDGET = Sql.of("""
            insert into llm_budget (id, run_id, amount)
            select :budget, :run::uuid, :amount::bigint
             where :run::uuid is null or exists (select from run where id = :run::uuid for key share)
            on conflict do nothing""");

    private static final Sql LOCK_BUDGET = Sql.of("select amount from llm_budget where id = :budget for no key update");

    private static final Sql OTHERS = Sql.of("""
            select coalesce(sum(lent), 0)::bigint as lent, coalesce(sum(lent - used) filter (where is_open), 0)::bigint as unused
              from llm_allotment where budget_id = :budget and owner <> :owner""");

    private static final Sql SAVE = Sql.of("""
            insert into llm_allotment as a (budget_id, owner, machine_start, lent, used, is_open)
            values (:budget, :owner, :machineStart, :lent, coalesce(:used::bigint, 0), :isOpen)
            on conflict (budget_id, owner) do update
               set lent = excluded.lent, used = coalesce(:used::bigint, a.used), is_open = excluded.is_open, updated_at = now()""");

    private static final Sql SAVE_SUM = Sql.of("""
            insert into llm_usage (budget_id, owner, stage, model, calls, failed, tries, replays, cache_hits, prompt_tokens,
                                   cached_tokens, completion_tokens, reasoning_tokens, waiting_ms, took_ms, spent, unsettled)
            values (:budget, :owner, :stage, :model, :calls, :failed, :tries, :replays, :cacheHits, :promptTokens,
                    :cachedTokens, :completionTokens, :reasoningTokens, :waitingMillis, :tookMillis, :spent, :unsettled)
            on conflict (budget_id, owner, stage, model) do update
               set (calls, failed, tries, replays, cache_hits, prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens,
                    waiting_ms, took_ms, spent, unsettled)
                 = (excluded.calls, excluded.failed, excluded.tries, excluded.replays, excluded.cache_hits,
                    excluded.prompt_tokens, excluded.cached_tokens, excluded.completion_tokens, excluded.reasoning_tokens,
                    excluded.waiting_ms, excluded.took_ms, excluded.spent, excluded.unsettled)""");

    private static final Sql ABANDONED = Sql.of("""
            select a.budget_id, b.run_id, a.owner, a.machine_start = :machineStart as is_of_this_start, a.lent
              from llm_allotment a join llm_budget b on b.id = a.budget_id
             where a.is_open and starts_with(a.owner, :installation) and not starts_with(a.owner, :instance)
             order by a.budget_id, a.owner limit 100 for update of a skip locked""");

    private static final Sql CLOSE = Sql.of("""
            update llm_allotment set lent = :used, used = :used, is_open = false, updated_at = now()
             where budget_id = :budget and owner = :owner""");

    private final String machineStart;

    /** @param machineStart names this start of the machine */
    AllotmentTable(String machineStart) {
        this.machineStart = machineStart;
    }

    /** An allotment that its process left open. */
    record Abandoned(UUID budget, @Nullable UUID run, String owner, boolean isOfThisStart, Picodollars lent) {}

    /** Lends at least what is missing, or nothing. The row of the budget is locked meanwhile, so that all processes are counted. */
    Loan borrow(Transaction transaction, AccountKey key, Picodollars lent, Picodollars missing) {
        insertBudget(transaction, key);
        Optional<Budget> row = transaction
                .query(LOCK_BUDGET)
                .set("budget", key.budget())
                .first(found -> new Budget(amount(found.optionalNumber("amount"))));
        if (row.isEmpty()) {
            return new Loan.Gone();
        }
        Picodollars budget = row.get().amount();
        if (budget == null) {
            save(transaction, key, lent, lent, true);
            return new Loan.Unlimited();
        }
        Others others = others(transaction, key);
        Picodollars left =
                least(budget.minus(others.lent()), key.cap()).minus(lent).max(Picodollars.ZERO);
        Picodollars loan = missing.isMoreThan(left)
                ? Picodollars.ZERO
                : missing.max(new Picodollars(left.value() / PART_LENT_AT_ONCE));
        Picodollars now = lent.plus(loan);
        save(transaction, key, now, null, true);
        return new Lent(now, left.minus(loan), others.unused());
    }

    private static Picodollars least(Picodollars amount, @Nullable Picodollars cap) {
        return cap == null || cap.isMoreThan(amount) ? amount : cap;
    }

    private record Budget(@Nullable Picodollars amount) {}

    private static @Nullable Picodollars amount(@Nullable Long value) {
        return value == null ? null : new Picodollars(value);
    }

    private static @Nullable Long value(@Nullable Picodollars amount) {
        return amount == null ? null : amount.value();
    }

    private static void insertBudget(Transaction transaction, AccountKey key) {
        transaction
                .query(INSERT_BUDGET)
                .set("budget", key.budget())
                .set("run", key.run())
                .set("amount", value(key.budgetWhereNew()))
                .update();
    }

    private record Others(Picodollars lent, Picodollars unused) {}

    private static Others others(Transaction transaction, AccountKey key) {
        return transaction
                .query(OTHERS)
                .set("budget", key.budget())
                .set("owner", key.owner())
                .only(row -> new Others(new Picodollars(row.number("lent")), new Picodollars(row.number("unused"))));
    }

    void report(Transaction transaction, AccountKey key, AccountReport report) {
        save(transaction, key, report.lent(), report.used(), !report.isLast());
        saveSums(transaction, key.budget(), key.owner(), report.changed());
    }

    /** @param used null leaves what was reported */
    private void save(
            Transaction transaction, AccountKey key, Picodollars lent, @Nullable Picodollars used, boolean isOpen) {
        transaction
                .query(SAVE)
                .set("budget", key.budget())
                .set("owner", key.owner())
                .set("machineStart", machineStart)
                .set("lent", lent.value())
                .set("used", value(used))
                .set("isOpen", isOpen)
                .update();
    }

    private static void saveSums(Transaction transaction, UUID budget, String owner, Map<UsageKey, UsageSum> sums) {
        transaction
                .query(SAVE_SUM)
                .set("budget", budget)
                .set("owner", owner)
                .updateAll(sums.entrySet(), (query, sum) -> set(query, sum.getKey(), sum.getValue()));
    }

    private static void set(Query query, UsageKey key, UsageSum sum) {
        query.set("stage", key.stage())
                .set("model", key.model())
                .set("calls", sum.calls())
                .set("failed", sum.failed())
                .set("tries", sum.tries())
                .set("replays", sum.replays())
                .set("cacheHits", sum.cacheHits())
                .set("promptTokens", sum.promptTokens())
                .set("cachedTokens", sum.cachedTokens())
                .set("completionTokens", sum.completionTokens())
                .set("reasoningTokens", sum.reasoningTokens())
                .set("waitingMillis", sum.waitingMillis())
                .set("tookMillis", sum.tookMillis())
                .set("spent", sum.spent().value())
                .set("unsettled", sum.unsettled().value());
    }

    /** Open allotments of earlier processes of an installation, locked until the transaction ends. */
    List<Abandoned> abandoned(Transaction transaction, String installation, String instance) {
        return transaction
                .query(ABANDONED)
                .set("machineStart", machineStart)
                .set("installation", installation + "/")
                .set("instance", installation + "/" + instance)
                .list(AllotmentTable::abandoned);
    }

    private static Abandoned abandoned(Row row) {
        return new Abandoned(
                row.id("budget_id"),
                row.optionalId("run_id"),
                row.text("owner"),
                row.isTrue("is_of_this_start"),
                new Picodollars(row.number("lent")));
    }

    /** Ends an allotment with what its log says. */
    void closeAbandoned(Transaction transaction, Abandoned allotment, Picodollars used, Map<UsageKey, UsageSum> sums) {
        transaction
                .query(CLOSE)
                .set("used", used.value())
                .set("budget", allotment.budget())
                .set("owner", allotment.owner())
                .update();
        saveSums(transaction, allotment.budget(), allotment.owner(), sums);
    }
}
