package dev.datapipeline.run.service;

import dev.datapipeline.database.Transaction;
import dev.datapipeline.llm.budget.Budgets;
import dev.datapipeline.llm.budget.Budgets.BudgetState;
import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.UUID;

/** Changes what runs may spend on model calls, inside the transaction of the caller. */
final class RunBudgets {
    private RunBudgets() {}

    /**
     * @param pointer where the amount stands in the document of the client
     * @throws ProblemException OUT_OF_RANGE when the run has spent that much already
     */
    static void set(Transaction transaction, UUID run, Picodollars amount, String pointer) {
        Budgets.read(transaction, run).ifPresent(budget -> requireMoreThanSpent(budget, amount, pointer));
        Budgets.set(transaction, run, amount);
    }

    /** Sets the budget of a run that has none. */
    static void setMissing(Transaction transaction, UUID run, Picodollars amount) {
        if (Budgets.read(transaction, run).isEmpty()) {
            Budgets.set(transaction, run, amount);
        }
    }

    /** @throws ProblemException OUT_OF_RANGE when the run has spent its budget */
    static void requireMoreThanSpent(Transaction transaction, UUID run) {
        BudgetState budget = Budgets.read(transaction, run).orElse(null);
        if (budget != null && budget.amount() != null) {
            requireMoreThanSpent(budget, budget.amount(), "/budget");
        }
    }

    private static void requireMoreThanSpent(BudgetState budget, Picodollars amount, String pointer) {
        UsageSum total = budget.total();
        Picodollars spent = total.spent().plus(total.unsettled());
        if (!amount.isMoreThan(spent)) {
            throw ProblemException.invalidField(
                    ProblemType.OUT_OF_RANGE,
                    pointer,
                    "The budget must be more than what the run has spent already, %s.".formatted(spent));
        }
    }
}
