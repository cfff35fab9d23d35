/**
 * Streamed answers: limited in number, written at the pace of the client, and reset when they cannot be completed, so that no client takes
 * half a file for a whole one.
 */
@NullMarked
package dev.datapipeline.http.download;

import org.jspecify.annotations.NullMarked;
