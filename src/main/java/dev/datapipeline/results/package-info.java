/**
 * The records of a run over HTTP: lists, searches, failures by cause, results to download.
 *
 * <p>{@code results.scan} finds the records, {@code results.export} writes them, {@code results.compare} compares two runs. Trials and the old
 * endpoints write the same shapes.
 *
 * <p>Reads while the run goes on and changes nothing. One request reads a bounded part of a run, and no result is held whole in memory.
 */
@NullMarked
package dev.datapipeline.results;

import org.jspecify.annotations.NullMarked;
