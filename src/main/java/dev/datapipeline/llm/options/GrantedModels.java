package dev.datapipeline.llm.options;

import dev.datapipeline.llm.call.ModelAccess;
import dev.datapipeline.llm.money.Picodollars;

/** What a run or a trial may call, and what that may cost. */
public record GrantedModels(ModelAccess access, Picodollars budget) {}
