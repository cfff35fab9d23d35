/** The ways of a client through the running service: over HTTP, with the real database and real sandboxes. One start serves them all. */
@NullMarked
package dev.datapipeline.journeys;

import org.jspecify.annotations.NullMarked;
