package dev.datapipeline.results.correlation;

/** @param group how many records of the group have the trait */
record TraitCount(Trait trait, long group) {}
