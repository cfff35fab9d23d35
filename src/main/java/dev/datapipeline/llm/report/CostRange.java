package dev.datapipeline.llm.report;

import dev.datapipeline.llm.money.Picodollars;

/** What a run is likely to cost in the end. */
record CostRange(Picodollars low, Picodollars high) {}
