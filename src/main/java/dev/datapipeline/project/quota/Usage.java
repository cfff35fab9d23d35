package dev.datapipeline.project.quota;

import dev.datapipeline.llm.money.Picodollars;

/**
 * What a project takes.
 *
 * @param modelMoney what the runs of this month have spent, and what those that are open may still spend
 */
public record Usage(long openRuns, long storageBytes, long trials, Picodollars modelMoney) {}
