package dev.datapipeline.llm.budget;

import dev.datapipeline.llm.money.Picodollars;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose account it is.
 *
 * @param budget the row that it borrows from
 * @param run null for a trial
 * @param owner as the allotment names it: {@code <installation>/<log>}
 * @param cap the most that this account may borrow altogether; null where only the budget limits it
 * @param budgetWhereNew amount of the budget if its row is not there yet; null for no limit
 */
record AccountKey(
        UUID budget,
        @Nullable UUID run,
        String owner,
        @Nullable Picodollars cap,
        @Nullable Picodollars budgetWhereNew) {
    /** Name of the log in which the calls of this account stand. */
    String log() {
        return owner.substring(owner.lastIndexOf('/') + 1);
    }
}
