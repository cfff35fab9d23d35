package dev.datapipeline.llm.budget;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.llm.money.Picodollars;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Budgets of runs and the sums of all processes, as the database has them; the sums are at most a moment old. */
public final class Budgets {
    private final Transactions transactions;

    public Budgets(Transactions transactions) {
        this.transactions = transactions;
    }

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
     * Sets the budget of a run inside somebody's transaction; an account that is open has to be told when it is committed.
     *
     * @param amount null for no limit
     */
    public static void set(Connection connection, UUID run, @Nullable Picodollars amount) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into llm_budget (id, run_id, amount) values (?, ?, ?)
                on conflict (id) do update set amount = excluded.amount""")) {
            upsert.setObject(1, run);
            upsert.setObject(2, run);
            upsert.setObject(3, amount == null ? null : amount.value(), Types.BIGINT);
            upsert.executeUpdate();
        }
    }

    /** Nothing where the run has no budget row: it has made no call and says nothing of one. */
    public Optional<BudgetState> of(UUID run) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select amount from llm_budget where id = ?")) {
                select.setObject(1, run);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    Long amount = row.getObject(1, Long.class);
                    return Optional.of(
                            new BudgetState(amount == null ? null : new Picodollars(amount), sums(connection, run)));
                }
            }
        });
    }

    private static Map<UsageKey, UsageSum> sums(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select stage, model, sum(calls), sum(failed), sum(tries), sum(replays), sum(cache_hits), sum(prompt_tokens),
                       sum(cached_tokens), sum(completion_tokens), sum(reasoning_tokens), sum(waiting_ms), sum(took_ms),
                       sum(spent), sum(unsettled)
                  from llm_usage where budget_id = ? group by stage, model""")) {
            select.setObject(1, run);
            try (ResultSet row = select.executeQuery()) {
                Map<UsageKey, UsageSum> sums = new HashMap<>();
                while (row.next()) {
                    sums.put(new UsageKey(row.getInt(1), row.getString(2)), sum(row));
                }
                return sums;
            }
        }
    }

    private static UsageSum sum(ResultSet row) throws SQLException {
        return new UsageSum(
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                new Picodollars(row.getLong(14)),
                new Picodollars(row.getLong(15)));
    }
}
