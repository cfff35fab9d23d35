/**
 * What may be spent on model calls, and what has been.
 *
 * <p>The table of budgets says what a run may spend. A process is lent a part of it, an allotment, by one statement in the database, and an
 * {@link dev.datapipeline.llm.budget.Account} reserves from it in memory: for each call a claim before it goes up, which its bill replaces
 * when it has ended. {@link dev.datapipeline.llm.budget.Accounts} has the accounts of this process and reports their sums to the database.
 * {@link dev.datapipeline.llm.budget.AccountRecovery} closes the accounts of processes that died: claims without a bill count in full.
 *
 * <p>At every moment spent + unsettled + reserved is at most what was lent, and all that was lent is at most the budget, for any number of
 * processes. Whatever dies, the sums can come out too high, never too low. Called by the ledger.
 */
@NullMarked
package dev.datapipeline.llm.budget;

import org.jspecify.annotations.NullMarked;
