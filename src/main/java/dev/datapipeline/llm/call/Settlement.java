package dev.datapipeline.llm.call;

/**
 * What was booked.
 *
 * @param cost in dollars as decimal text, for the header {@code x-dpf-cost}; {@code unknown} where the model has no price
 * @param isFinal false while it stands in the books as unsettled
 */
public record Settlement(String cost, boolean isFinal) {}
