/**
 * The embedded PostgreSQL server: started with the service when no database is configured, watched, and recovered after a crash.
 */
@NullMarked
package dev.datapipeline.server.postgres;

import org.jspecify.annotations.NullMarked;
