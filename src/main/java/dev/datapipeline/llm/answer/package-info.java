/**
 * What upstreams answer: events of a stream as they arrive, what an answer says about tokens and its end, errors in OpenAI's shape.
 *
 * <p>Answers are read, not written anew: the bytes of an event or of a whole answer go on as they came. Nothing an upstream sends makes this
 * package fail; what cannot be read is reported as such. Knows only the contract with the ledger.
 */
@NullMarked
package dev.datapipeline.llm.answer;

import org.jspecify.annotations.NullMarked;
