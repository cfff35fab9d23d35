/**
 * Estimates the size of an export from a sample that is written to nowhere.
 */
@NullMarked
package dev.datapipeline.results.export.sample;

import org.jspecify.annotations.NullMarked;
