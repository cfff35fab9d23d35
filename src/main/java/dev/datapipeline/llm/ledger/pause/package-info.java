/** Runs that cannot go on: the ledger asks for their pause, observers of {@link dev.datapipeline.llm.ledger.pause.RunMustPause} carry it out. */
@NullMarked
package dev.datapipeline.llm.ledger.pause;

import org.jspecify.annotations.NullMarked;
