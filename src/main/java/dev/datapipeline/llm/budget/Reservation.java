package dev.datapipeline.llm.budget;

import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Picodollars;
import java.util.concurrent.atomic.AtomicBoolean;

/** Money set aside for one try of a call, until its bill takes its place, once. */
public final class Reservation {
    private final Account account;
    private final Picodollars amount;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);

    Reservation(Account account, Picodollars amount) {
        this.account = account;
        this.amount = amount;
    }

    public Picodollars amount() {
        return amount;
    }

    /**
     * Books the bill and frees the rest.
     *
     * @return false when the bill is higher than what was set aside, which no upstream should do
     */
    public boolean close(Bill bill) {
        if (isOpen.compareAndSet(true, false)) {
            account.close(amount, bill);
        }
        return !bill.total().isMoreThan(amount);
    }
}
