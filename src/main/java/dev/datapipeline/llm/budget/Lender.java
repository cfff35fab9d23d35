package dev.datapipeline.llm.budget;

import dev.datapipeline.llm.money.Picodollars;
import java.util.function.Consumer;

/** Lends parts of budgets. */
@FunctionalInterface
interface Lender {
    /**
     * Asks for more; does not block.
     *
     * @param lent to this account so far
     * @param missing the least that helps; nothing is lent when there is less
     */
    void borrow(AccountKey key, Picodollars lent, Picodollars missing, Consumer<Loan> answer);
}
