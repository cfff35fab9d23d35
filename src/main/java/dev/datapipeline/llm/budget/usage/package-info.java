/**
 * Sums over model calls by stage and model: {@link dev.datapipeline.llm.budget.usage.UsageSums} of an account while it is open,
 * {@link dev.datapipeline.llm.budget.usage.LogSums} of a log whose process has died. Known to accounts, and to whoever shows sums.
 */
@NullMarked
package dev.datapipeline.llm.budget.usage;

import org.jspecify.annotations.NullMarked;
