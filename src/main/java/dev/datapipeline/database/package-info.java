/**
 * The way to PostgreSQL for everything that the machine writes: runs, batches, attempts, failures.
 *
 * <p>{@link dev.datapipeline.database.Transactions} runs a short transaction and repeats it after a deadlock; inside it a
 * {@link dev.datapipeline.database.Query} executes an {@link dev.datapipeline.database.Sql} with named parameters and reads
 * {@link dev.datapipeline.database.Row}s. {@link dev.datapipeline.database.StorableText} makes any text fit a column. Where people edit
 * rows (datasets, pipelines) entities do that instead. JDBC is used nowhere else.
 *
 * <p>A transaction changes nothing but the database, since it may be repeated, and never waits for anything else.
 */
@NullMarked
package dev.datapipeline.database;

import org.jspecify.annotations.NullMarked;
