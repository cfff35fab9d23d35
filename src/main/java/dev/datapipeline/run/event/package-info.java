/**
 * What has happened to a run: events that are fired after the commit. Whoever dispatches batches or keeps something of a run observes them.
 */
@NullMarked
package dev.datapipeline.run.event;

import org.jspecify.annotations.NullMarked;
