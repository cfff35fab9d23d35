package dev.datapipeline.database;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class QueryTest {
    private final Transactions transactions = new Transactions(TestDatabase.shared());

    @Test
    void parameterIsBoundWhereverItsNameStands() {
        Sql sql = Sql.of("select :a::int + :b::int - :a::int as result");

        int result = run(query -> query.set("a", 5).set("b", 7).only(row -> row.integer("result")), sql);

        assertEquals(7, result);
    }

    @Test
    void quotedTextsAndCastsAreNoParameters() {
        Sql sql = Sql.of("select ':no' || ' a:b ' || :yes::text as result, (array[1, 2, 3])[1:2] as slice");

        assertEquals(":no a:b 1", run(query -> query.set("yes", "1").only(row -> row.text("result")), sql));
    }

    @Test
    void valuesComeBackAsTheyWere() {
        UUID id = UUID.randomUUID();
        Instant now = Instant.ofEpochMilli(1_700_000_000_123L);
        Sql sql = Sql.of("select :id::uuid as id, :at::timestamptz as at, :unit::text as unit, :wait::bigint as wait");

        run(
                query -> query.set("id", id)
                        .set("at", now)
                        .set("unit", TimeUnit.DAYS)
                        .set("wait", Duration.ofSeconds(2))
                        .only(row -> {
                            assertEquals(id, row.id("id"));
                            assertEquals(now, row.instant("at"));
                            assertEquals(TimeUnit.DAYS, row.constant(TimeUnit.class, "unit"));
                            assertEquals(2000, row.number("wait"));
                            return row;
                        }),
                sql);
    }

    @Test
    void missingValuesAreReadAsNull() {
        Sql sql = Sql.of(
                "select :none::int as i, null::bigint as n, null::text as t, null::uuid as u, null::text[] as a");

        Integer none = null;

        run(
                query -> query.set("none", none).only(row -> {
                    assertNull(row.optionalInteger("i"));
                    assertNull(row.optionalNumber("n"));
                    assertNull(row.optionalText("t"));
                    assertNull(row.optionalId("u"));
                    assertNull(row.optionalTexts("a"));
                    assertThrows(IllegalStateException.class, () -> row.number("n"));
                    return row;
                }),
                sql);
    }

    @Test
    void arraysAreBound() {
        Sql sql = Sql.of("select :texts::text[] as texts, (select sum(n) from unnest(:numbers::int[]) n) as sum");

        run(
                query -> query.set("texts", new String[] {"a", "b"})
                        .set("numbers", new Integer[] {1, 2})
                        .only(row -> {
                            assertArrayEquals(new String[] {"a", "b"}, row.optionalTexts("texts"));
                            assertEquals(3, row.number("sum"));
                            return row;
                        }),
                sql);
    }

    @Test
    void statementIsExecutedForEveryItem() {
        List<Integer> values = transactions.run(transaction -> {
            transaction
                    .query(Sql.of("create temporary table items (n int) on commit drop"))
                    .update();
            transaction
                    .query(Sql.of("insert into items values (:n)"))
                    .updateAll(List.of(1, 2, 3), (query, n) -> query.set("n", n));
            return transaction.query(Sql.of("select n from items order by n")).list(row -> row.integer("n"));
        });

        assertEquals(List.of(1, 2, 3), values);
    }

    @Test
    void emptyResultHasNoFirstRow() {
        Sql sql = Sql.of("select 1 as n where false");

        assertEquals(Optional.empty(), run(query -> query.first(row -> row.integer("n")), sql));
        assertFalse(run(Query::exists, sql));
        assertTrue(run(Query::exists, Sql.of("select 1 as n")));
    }

    @Test
    void wrongNamesAreRejected() {
        Sql sql = Sql.of("select :a::int as n");

        assertThrows(IllegalArgumentException.class, () -> run(query -> query.set("b", 1), sql));
        assertThrows(IllegalStateException.class, () -> run(Query::exists, sql));
        assertThrows(
                DatabaseException.class, () -> run(query -> query.set("a", 1).only(row -> row.text("x")), sql));
    }

    private <T> T run(Function<Query, T> work, Sql sql) {
        return transactions.run(transaction -> work.apply(transaction.query(sql)));
    }
}
