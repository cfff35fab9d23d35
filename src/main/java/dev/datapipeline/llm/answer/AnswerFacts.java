package dev.datapipeline.llm.answer;

import dev.datapipeline.llm.call.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a whole answer or one event of a stream says.
 *
 * @param model that answered; null where it does not say
 * @param serviceTier that served; null where it does not say
 * @param usage null where it has none
 * @param hasChoices whether there is a piece of the answer in it; an event without one only carries the usage
 * @param isFinished whether it says that an answer has come to its end
 * @param isError whether it is an error
 * @param textBytes of the answer in it
 */
public record AnswerFacts(
        @Nullable String model,
        @Nullable String serviceTier,
        @Nullable Usage usage,
        boolean hasChoices,
        boolean isFinished,
        boolean isError,
        long textBytes) {}
