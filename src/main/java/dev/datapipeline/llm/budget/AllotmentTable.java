package dev.datapipeline.llm.budget;

import dev.datapipeline.llm.budget.Loan.Lent;
import dev.datapipeline.llm.money.Picodollars;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All SQL of budgets, allotments and their sums; inside somebody's transaction. */
final class AllotmentTable {
    /** Few commits for many calls, and little that lies idle with one process. */
    private static final int PART_LENT_AT_ONCE = 32;

    private final String machineStart;

    /** @param machineStart names this start of the machine */
    AllotmentTable(String machineStart) {
        this.machineStart = machineStart;
    }

    /** An allotment that its process left open. */
    record Abandoned(UUID budget, @Nullable UUID run, String owner, boolean isOfThisStart, Picodollars lent) {}

    /** Lends at least what is missing, or nothing. The row of the budget is locked meanwhile, so that all processes are counted. */
    Loan borrow(Connection connection, AccountKey key, Picodollars lent, Picodollars missing) throws SQLException {
        insertBudget(connection, key);
        Optional<Budget> row = lockBudget(connection, key.budget());
        if (row.isEmpty()) {
            return new Loan.Gone();
        }
        Picodollars budget = row.get().amount();
        if (budget == null) {
            save(connection, key, lent, lent, true);
            return new Loan.Unlimited();
        }
        Others others = others(connection, key);
        Picodollars left =
                least(budget.minus(others.lent()), key.cap()).minus(lent).max(Picodollars.ZERO);
        Picodollars loan = missing.isMoreThan(left)
                ? Picodollars.ZERO
                : missing.max(new Picodollars(left.value() / PART_LENT_AT_ONCE));
        Picodollars now = lent.plus(loan);
        save(connection, key, now, null, true);
        return new Lent(now, left.minus(loan), others.unused());
    }

    private static Picodollars least(Picodollars amount, @Nullable Picodollars cap) {
        return cap == null || cap.isMoreThan(amount) ? amount : cap;
    }

    /** Nothing happens when it is there already, or the run is gone. */
    private static void insertBudget(Connection connection, AccountKey key) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into llm_budget (id, run_id, amount)
                select ?, ?::uuid, ? where ?::uuid is null or exists (select from run where id = ? for key share)
                on conflict do nothing""")) {
            Picodollars amount = key.budgetWhereNew();
            insert.setObject(1, key.budget());
            insert.setObject(2, key.run());
            insert.setObject(3, amount == null ? null : amount.value(), Types.BIGINT);
            insert.setObject(4, key.run());
            insert.setObject(5, key.run());
            insert.executeUpdate();
        }
    }

    private record Budget(@Nullable Picodollars amount) {}

    private static Optional<Budget> lockBudget(Connection connection, UUID budget) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select amount from llm_budget where id = ? for no key update")) {
            select.setObject(1, budget);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Long amount = row.getObject(1, Long.class);
                return Optional.of(new Budget(amount == null ? null : new Picodollars(amount)));
            }
        }
    }

    private record Others(Picodollars lent, Picodollars unused) {}

    private static Others others(Connection connection, AccountKey key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select coalesce(sum(lent), 0), coalesce(sum(lent - used) filter (where is_open), 0)
                  from llm_allotment where budget_id = ? and owner <> ?""")) {
            select.setObject(1, key.budget());
            select.setString(2, key.owner());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Others(new Picodollars(row.getLong(1)), new Picodollars(row.getLong(2)));
            }
        }
    }

    void report(Connection connection, AccountKey key, AccountReport report) throws SQLException {
        save(connection, key, report.lent(), report.used(), !report.isLast());
        saveSums(connection, key.budget(), key.owner(), report.changed());
    }

    /** @param used null leaves what was reported */
    private void save(
            Connection connection, AccountKey key, Picodollars lent, @Nullable Picodollars used, boolean isOpen)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into llm_allotment as a (budget_id, owner, machine_start, lent, used, is_open)
                values (?, ?, ?, ?, coalesce(?, 0), ?)
                on conflict (budget_id, owner) do update
                   set lent = excluded.lent, used = coalesce(?, a.used), is_open = excluded.is_open, updated_at = now()""")) {
            upsert.setObject(1, key.budget());
            upsert.setString(2, key.owner());
            upsert.setString(3, machineStart);
            upsert.setLong(4, lent.value());
            upsert.setObject(5, used == null ? null : used.value(), Types.BIGINT);
            upsert.setBoolean(6, isOpen);
            upsert.setObject(7, used == null ? null : used.value(), Types.BIGINT);
            upsert.executeUpdate();
        }
    }

    private static void saveSums(Connection connection, UUID budget, String owner, Map<UsageKey, UsageSum> sums)
            throws SQLException {
        if (sums.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into llm_usage (budget_id, owner, stage, model, calls, failed, tries, replays, cache_hits, prompt_tokens,
                                       cached_tokens, completion_tokens, reasoning_tokens, waiting_ms, took_ms, spent, unsettled)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (budget_id, owner, stage, model) do update
                   set (calls, failed, tries, replays, cache_hits, prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens,
                        waiting_ms, took_ms, spent, unsettled)
                     = (excluded.calls, excluded.failed, excluded.tries, excluded.replays, excluded.cache_hits,
                        excluded.prompt_tokens, excluded.cached_tokens, excluded.completion_tokens, excluded.reasoning_tokens,
                        excluded.waiting_ms, excluded.took_ms, excluded.spent, excluded.unsettled)""")) {
            for (Map.Entry<UsageKey, UsageSum> sum : sums.entrySet()) {
                upsert.setObject(1, budget);
                upsert.setString(2, owner);
                upsert.setInt(3, sum.getKey().stage());
                upsert.setString(4, sum.getKey().model());
                set(upsert, sum.getValue());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static void set(PreparedStatement upsert, UsageSum sum) throws SQLException {
        long[] columns = {
            sum.calls(),
            sum.failed(),
            sum.tries(),
            sum.replays(),
            sum.cacheHits(),
            sum.promptTokens(),
            sum.cachedTokens(),
            sum.completionTokens(),
            sum.reasoningTokens(),
            sum.waitingMillis(),
            sum.tookMillis(),
            sum.spent().value(),
            sum.unsettled().value()
        };
        for (int i = 0; i < columns.length; i++) {
            upsert.setLong(5 + i, columns[i]);
        }
    }

    /** Open allotments of earlier processes of an installation, locked until the transaction ends. */
    List<Abandoned> abandoned(Connection connection, String installation, String instance) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select a.budget_id, b.run_id, a.owner, a.machine_start = ?, a.lent
                  from llm_allotment a join llm_budget b on b.id = a.budget_id
                 where a.is_open and starts_with(a.owner, ?) and not starts_with(a.owner, ?)
                 order by a.budget_id, a.owner limit 100 for update of a skip locked""")) {
            select.setString(1, machineStart);
            select.setString(2, installation + "/");
            select.setString(3, installation + "/" + instance);
            try (ResultSet row = select.executeQuery()) {
                List<Abandoned> found = new ArrayList<>();
                while (row.next()) {
                    found.add(new Abandoned(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            row.getString(3),
                            row.getBoolean(4),
                            new Picodollars(row.getLong(5))));
                }
                return found;
            }
        }
    }

    /** Ends an allotment with what its log says. */
    void closeAbandoned(Connection connection, Abandoned allotment, Picodollars used, Map<UsageKey, UsageSum> sums)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update llm_allotment set lent = ?, used = ?, is_open = false, updated_at = now()
                 where budget_id = ? and owner = ?""")) {
            update.setLong(1, used.value());
            update.setLong(2, used.value());
            update.setObject(3, allotment.budget());
            update.setString(4, allotment.owner());
            update.executeUpdate();
        }
        saveSums(connection, allotment.budget(), allotment.owner(), sums);
    }
}
