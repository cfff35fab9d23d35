/**
 * Elapsed time: a monotonic {@link Ticker} that tests set by hand, and the deadlines and waits that depend on it.
 *
 * <p>Beans inject the {@link Ticker}; plain classes get it in their constructor. Nobody else calls {@link System#nanoTime()} or
 * {@link Thread#sleep(java.time.Duration)}. Tests use {@code SettableTicker}. Points in time that are shown or stored are not a matter of
 * this package: they are {@link java.time.Instant}s.
 */
@NullMarked
package dev.datapipeline.time;

import org.jspecify.annotations.NullMarked;
