/**
 * The bytes of an upload: counted, hashed, unpacked, and held in a window around the place where a reader stands.
 */
@NullMarked
package dev.datapipeline.dataset.ingest.input;

import org.jspecify.annotations.NullMarked;
