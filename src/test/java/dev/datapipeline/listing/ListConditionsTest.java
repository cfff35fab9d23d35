package dev.datapipeline.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.http.paging.ListCursor;
import dev.datapipeline.listing.ListOrder.Direction;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListConditionsTest {
    private record Item(UUID id, String name, long size, Instant at) {}

    private static final ListOrder<Item> BY_NAME = ListOrder.byText("NAME", "i.name", Item::name);
    private static final ListOrder<Item> BY_SIZE = ListOrder.byNumber("SIZE", "i.size", Item::size);
    private static final ListOrder<Item> BY_TIME = ListOrder.byTime("TIME", "i.at", Item::at, Direction.DESCENDING);
    private static final UUID ID = new UUID(1, 2);

    @Test
    void whatIsNotAskedForAddsNoCondition() {
        ListConditions none = new ListConditions()
                .where("i.size = :size", "size", null)
                .contains(" ", "i.name")
                .tagged("", "i.tags")
                .after(null, BY_NAME, "i.id");

        assertEquals("", none.clause());
        assertEquals(Map.of(), none.values());
    }

    @Test
    void textIsSearchedAsItIs() {
        ListConditions found = new ListConditions().contains(" 5% of a_b! ", "i.name", "i.note");

        assertEquals(
                " where (lower(i.name) like lower(:text) escape '!' or lower(i.note) like lower(:text) escape '!')",
                found.clause());
        assertEquals(Map.of("text", "%5!% of a!_b!!%"), found.values());
    }

    @Test
    void listGoesOnAfterTheKeyOfTheItemAndItsId() {
        Item item = new Item(ID, "Zoë", 7, Instant.EPOCH);
        ListConditions after = new ListConditions().after(BY_SIZE.after(item, ID), BY_SIZE, "i.id");

        assertEquals(" where (i.size < :afterKey or i.size = :afterKey and i.id < :afterId)", after.clause());
        assertEquals(Map.of("afterKey", 7L, "afterId", ID), after.values());
        assertEquals(" order by i.size desc, i.id desc", BY_SIZE.clause("i.id"));
    }

    @Test
    void namesAreComparedByTheDatabaseWithoutRegardToCase() {
        ListConditions after = new ListConditions().after(new ListCursor("NAME", "Zoë", ID), BY_NAME, "i.id");

        assertEquals(
                " where (lower(i.name) > lower(:afterKey) or lower(i.name) = lower(:afterKey) and i.id > :afterId)",
                after.clause());
    }

    @ParameterizedTest
    @CsvSource({"NAME, 7", "SIZE, seven", "SIZE, 99999999999999999999"})
    void cursorOfAnotherOrderIsRejected(String order, String key) {
        ListCursor cursor = new ListCursor(order, key, ID);

        ProblemException refused =
                assertThrows(ProblemException.class, () -> new ListConditions().after(cursor, BY_SIZE, "i.id"));

        assertEquals(ProblemType.INVALID_PARAMETER, refused.type());
    }

    @Test
    void forgedTimeIsRejected() {
        ListCursor cursor = new ListCursor("TIME", "yesterday", ID);

        assertThrows(ProblemException.class, () -> new ListConditions().after(cursor, BY_TIME, "i.id"));
    }

    @Test
    void textsThatADatabaseCannotHoldAreRejected() {
        assertThrows(ProblemException.class, () -> new ListConditions().contains("a\0b", "i.name"));
        assertThrows(ProblemException.class, () -> new ListConditions().contains("x".repeat(201), "i.name"));
        assertThrows(ProblemException.class, () -> new ListConditions().tagged("\0", "i.tags"));
        assertThrows(
                ProblemException.class, () -> new ListConditions().hexadecimal("i.hash = :sha256", "sha256", "xyz"));
    }
}
