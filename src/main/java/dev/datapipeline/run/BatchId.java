package dev.datapipeline.run;

import java.util.UUID;

/** Identifies a batch: its run and its number in the run, from 0. The only message on the channel. */
public record BatchId(UUID run, int number) {}
