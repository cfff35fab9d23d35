package dev.datapipeline.llm.budget;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.llm.budget.usage.UsageKey;
import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.money.Picodollars;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Budgets of runs and the sums of all processes. */
public final class Budgets {
    private static final Sql SET = Sql.of("""
            insert into llm_budget (id, run_id, amount) values (:run, :run, :amount::bigint)
            on conflict (id) do update set amount = excluded.amount""");

    private static final Sql AMOUNT = Sql.of("select amount from llm_budget where id = :run");

    /** A sum of large numbers is a decimal for PostgreSQL. */
    private static final String SUMMED = """
            sum(calls)::bigint as calls, sum(failed)::bigint as failed, sum(tries)::bigint as tries,
            sum(replays)::bigint as replays, sum(cache_hits)::bigint as cache_hits,
            sum(prompt_tokens)::bigint as prompt_tokens, sum(cached_tokens)::bigint as cached_tokens,
            sum(completion_tokens)::bigint as completion_tokens, sum(reasoning_tokens)::bigint as reasoning_tokens,
            sum(waiting_ms)::bigint as waiting_ms, sum(took_ms)::bigint as took_ms,
            sum(spent)::bigint as spent, sum(unsettled)::bigint as unsettled
            """;

    private static final Sql SUMS = Sql.of("select stage, model, " + SUMMED + """
              from llm_usage where budget_id = :run and owner <> all (:live) group by stage, model""");

    private static final Sql TOTALS = Sql.of("select b.id, b.amount, " + SUMMED + """
              from llm_budget b left join llm_usage u on u.budget_id = b.id and u.owner <> all (:live)
             where b.id = any (:runs) group by b.id""");

    private Budgets() {}

    /**
     * What a run may spend and has spent.
     *
     * @param amount null for no limit
     * @param sums by stage and model
     */
    public record BudgetState(@Nullable Picodollars amount, Map<UsageKey, UsageSum> sums) {
        public UsageSum total() {
            return sums.values().stream().reduce(UsageSum.NONE, UsageSum::plus);
        }
    }

    /**
     * What a run may spend and has spent, in one sum.
     *
     * @param amount null for no limit
     */
    public record BudgetTotal(@Nullable Picodollars amount, UsageSum sum) {
        public static final BudgetTotal NONE = new BudgetTotal(null, UsageSum.NONE);
    }

    /** The totals of many runs; those without a budget row are left out. */
    static Map<UUID, BudgetTotal> totals(Transaction transaction, Collection<UUID> runs, LiveSums live) {
        Map<UUID, BudgetTotal> totals = new HashMap<>();
        transaction
                .query(TOTALS)
                .set("runs", runs.toArray(UUID[]::new))
                .set("live", owners(live))
                .forEach(row -> totals.put(row.id("id"), total(row, live.of(row.id("id")))));
        return totals;
    }

    private static String[] owners(LiveSums live) {
        return live.owners().toArray(String[]::new);
    }

    private static BudgetTotal total(Row row, Map<UsageKey, UsageSum> live) {
        UsageSum stored = row.optionalNumber("calls") == null ? UsageSum.NONE : sum(row);
        return new BudgetTotal(amount(row), live.values().stream().reduce(stored, UsageSum::plus));
    }

    /**
     * Sets the budget of a run inside somebody's transaction; an account that is open has to be told when it is committed.
     *
     * @param amount null for no limit
     */
    public static void set(Transaction transaction, UUID run, @Nullable Picodollars amount) {
        transaction
                .query(SET)
                .set("run", run)
                .set("amount", amount == null ? null : amount.value())
                .update();
    }

    /** As the database has it, a moment ago; nothing where the run has no budget row. */
    public static Optional<BudgetState> read(Transaction transaction, UUID run) {
        return read(transaction, run, LiveSums.NONE);
    }

    static Optional<BudgetState> read(Transaction transaction, UUID run, LiveSums live) {
        return transaction
                .query(AMOUNT)
                .set("run", run)
                .first(row -> new BudgetState(amount(row), sums(transaction, run, live)));
    }

    private static @Nullable Picodollars amount(Row row) {
        Long amount = row.optionalNumber("amount");
        return amount == null ? null : new Picodollars(amount);
    }

    private static Map<UsageKey, UsageSum> sums(Transaction transaction, UUID run, LiveSums live) {
        Map<UsageKey, UsageSum> sums = new HashMap<>(live.of(run));
        transaction
                .query(SUMS)
                .set("run", run)
                .set("live", owners(live))
                .forEach(row ->
                        sums.merge(new UsageKey(row.integer("stage"), row.text("model")), sum(row), UsageSum::plus));
        return sums;
    }

    private static UsageSum sum(Row row) {
        return new UsageSum(
                row.number("calls"),
                row.number("failed"),
                row.number("tries"),
                row.number("replays"),
                row.number("cache_hits"),
                row.number("prompt_tokens"),
                row.number("cached_tokens"),
                row.number("completion_tokens"),
                row.number("reasoning_tokens"),
                row.number("waiting_ms"),
                row.number("took_ms"),
                new Picodollars(row.number("spent")),
                new Picodollars(row.number("unsettled")));
    }
}
