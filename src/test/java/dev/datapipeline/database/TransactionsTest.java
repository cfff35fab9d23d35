package dev.datapipeline.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    private final Transactions transactions = new Transactions(TestDatabase.shared());
    private final Rows rows = new Rows(TestDatabase.shared());
    private final String table = "t_" + UUID.randomUUID().toString().replace('-', '_');

    @BeforeEach
    void makeTable() throws SQLException {
        rows.execute("create table " + table + " as select n, 0 as value from generate_series(1, 2) n");
    }

    @Test
    void workIsCommitted() throws SQLException {
        assertEquals("done", transactions.run(transaction -> {
            add(transaction, 1);
            return "done";
        }));

        assertEquals(List.of("1"), sum());
    }

    @Test
    void failedWorkChangesNothing() throws SQLException {
        assertThrows(
                DatabaseException.class,
                () -> transactions.run(transaction -> {
                    add(transaction, 1);
                    return execute(transaction, "select 1 / 0");
                }));
        assertThrows(
                IllegalStateException.class,
                () -> transactions.run(transaction -> {
                    add(transaction, 1);
                    throw new IllegalStateException();
                }));
        assertThrows(
                StackOverflowError.class,
                () -> transactions.run(transaction -> {
                    add(transaction, 1);
                    throw new StackOverflowError();
                }));

        assertEquals(List.of("0"), sum());
    }

    @Test
    void deadlockIsTriedAgain() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> up = threads.submit(() -> inOrder(1, 2, attempts, bothHoldOne));
            Future<?> down = threads.submit(() -> inOrder(2, 1, attempts, bothHoldOne));
            up.get(30, TimeUnit.SECONDS);
            down.get(30, TimeUnit.SECONDS);
        }

        assertEquals(3, attempts.get(), "one of the two had to try again");
        assertEquals(List.of("4"), sum());
    }

    private void inOrder(int first, int second, AtomicInteger attempts, CyclicBarrier bothHoldOne) {
        transactions.run(transaction -> {
            int attempt = attempts.incrementAndGet();
            add(transaction, first);
            if (attempt <= 2) {
                await(bothHoldOne);
            }
            add(transaction, second);
            return attempt;
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void add(Transaction transaction, int n) {
        execute(transaction, "update " + table + " set value = value + 1 where n = " + n);
    }

    private static int execute(Transaction transaction, String sql) {
        return transaction.query(Sql.of(sql)).update();
    }

    private List<String> sum() throws SQLException {
        return rows.row("select sum(value) from " + table);
    }
}
