package dev.datapipeline.llm.budget;

import dev.datapipeline.llm.money.Picodollars;
import java.util.function.Consumer;

/** What the lender says. */
sealed interface Loan {
    /**
     * @param lent to this account altogether now
     * @param left that this account can still borrow
     * @param unusedByOthers lent to others and not used; may come back
     */
    record Lent(Picodollars lent, Picodollars left, Picodollars unusedByOthers) implements Loan {}

    /** There is no limit. */
    record Unlimited() implements Loan {}

    /** The database does not answer; it may later. */
    record Away() implements Loan {}

    /** There is no such run any more. */
    record Gone() implements Loan {}

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
}
