/**
 * One try of a call at its upstream: what is sent, how the answer is read, what is booked, whether there is another try.
 *
 * <p>An {@link dev.datapipeline.llm.gateway.attempt.Attempt} gives the body of the answer to an
 * {@link dev.datapipeline.llm.gateway.attempt.AnswerSink}: whole documents, streams of events and errors have one each. The sink concludes
 * the try, which ends its open call once: settled, or given back for the next try.
 */
@NullMarked
package dev.datapipeline.llm.gateway.attempt;

import org.jspecify.annotations.NullMarked;
