/**
 * Plain JDBC for the paths on which entities would weigh too much.
 *
 * <p>{@link dev.datapipeline.database.Transactions} runs one short transaction and repeats it where the database asks for that;
 * {@link dev.datapipeline.database.DatabaseException} says that one did not happen, {@link dev.datapipeline.database.StorableText} makes
 * of any text one that a column takes. Called by whoever keeps transitions in tables: runs, dispatch, the causes of failure. Knows no table
 * itself.
 *
 * <p>What is to be repeated touches nothing but its connection, and no transaction is open while anything but the database is waited for.
 */
@NullMarked
package dev.datapipeline.database;

import org.jspecify.annotations.NullMarked;
