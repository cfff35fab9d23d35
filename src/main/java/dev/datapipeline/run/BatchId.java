package dev.datapipeline.run;

import java.util.UUID;

/** Names a batch: its run and its number in it, from 0. All that ever travels on the channel. */
public record BatchId(UUID run, int number) {}
