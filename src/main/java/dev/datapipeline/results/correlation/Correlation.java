package dev.datapipeline.results.correlation;

import java.util.List;

/**
 * A trait of a field, and how many records have it.
 *
 * @param path of the field: its name, after the names of the objects that it is in
 * @param group records of the group that have the trait
 * @param others other records that have it
 */
record Correlation(List<String> path, Trait trait, long group, long others) {}
