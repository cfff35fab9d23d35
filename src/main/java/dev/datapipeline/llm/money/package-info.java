/**
 * What a model call may cost and what it has cost.
 *
 * <p>{@link dev.datapipeline.llm.money.Picodollars} is the only type of money: whole 10<sup>-12</sup> dollars, checked for overflow, read
 * from and written as decimal text. {@link dev.datapipeline.llm.money.PriceTable} finds the {@link dev.datapipeline.llm.money.ModelPrice}
 * of a model, which computes the claim of a request before it goes up and its cost once the usage is known. Called by the ledger; knows
 * nothing of budgets.
 *
 * <p>A price that is not known is not zero, a claim is never below what the upstream can bill, and no amount is ever a floating-point
 * number.
 */
@NullMarked
package dev.datapipeline.llm.money;

import org.jspecify.annotations.NullMarked;
