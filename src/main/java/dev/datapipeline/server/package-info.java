/**
 * The process: how it starts and in which order it stops.
 *
 * <p>{@link dev.datapipeline.server.Main} makes sure of a database before Quarkus starts: the configured one, or an embedded PostgreSQL
 * below the data folder. One process owns a data folder at a time ({@link dev.datapipeline.server.DataDirectory}); the recovery of
 * what a dead process left relies on that.
 */
@NullMarked
package dev.datapipeline.server;

import org.jspecify.annotations.NullMarked;
