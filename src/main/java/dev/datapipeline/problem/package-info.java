/**
 * All errors that clients can get, as RFC 9457 problem documents.
 *
 * <p>{@link dev.datapipeline.problem.ProblemType} is the catalogue, {@link dev.datapipeline.problem.ProblemException} the only
 * exception of the application that means "the client did or met this". Every other exception is our fault: it becomes a 500
 * with a fixed text and an id that stands in the log. A problem never carries a stack trace, SQL or a path of this machine.
 */
@NullMarked
package dev.datapipeline.problem;

import org.jspecify.annotations.NullMarked;
