/**
 * The log of model calls: one append-only file for each run and process, in a folder of the run.
 *
 * <p>{@link dev.datapipeline.llm.journal.GroupWriter} writes what many callers append, in the order in which it came: a little at once, on
 * the thread of one of them, whatever may take longer on a thread of its own. {@link dev.datapipeline.llm.journal.CallLog} writes and reads
 * entries: a claim before a call goes up, a booking for each try that is repeated, and one entry with everything when the call has ended.
 * Called by the ledger and by whoever lists calls; answers kept for replay are written by the same writer.
 *
 * <p>An entry that was acknowledged survives the death of the process. It may not survive that of the machine: what was lent to a process
 * whose machine died therefore counts as spent (see the package budget).
 */
@NullMarked
package dev.datapipeline.llm.journal;

import org.jspecify.annotations.NullMarked;
