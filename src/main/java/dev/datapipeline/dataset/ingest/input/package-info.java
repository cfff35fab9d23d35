/**
 * The bytes of an upload: counted, digested, decompressed, and buffered in a window around the current position.
 */
@NullMarked
package dev.datapipeline.dataset.ingest.input;

import org.jspecify.annotations.NullMarked;
