/**
 * What model calls of runs have cost, for people: sums, projections and single calls, in the API.
 *
 * <p>Sums come from the database, where every process reports them; calls and costs of records from the logs. Reads only.
 */
@NullMarked
package dev.datapipeline.llm.report;

import org.jspecify.annotations.NullMarked;
