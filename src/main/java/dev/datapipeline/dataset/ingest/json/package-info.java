/**
 * Readers of JSON uploads: arrays, lines, single objects, and lists that stand inside a document.
 */
@NullMarked
package dev.datapipeline.dataset.ingest.json;

import org.jspecify.annotations.NullMarked;
