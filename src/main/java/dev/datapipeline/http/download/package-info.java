/**
 * Streamed answers: at most so many at a time, at the pace of the reader, and reset when they cannot be completed, so that nobody takes
 * half a file for a whole one.
 */
@NullMarked
package dev.datapipeline.http.download;

import org.jspecify.annotations.NullMarked;
