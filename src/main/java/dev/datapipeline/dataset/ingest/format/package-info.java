/**
 * What an upload can be: formats, separators, the list of records inside a document, and the fields found in the records.
 */
@NullMarked
package dev.datapipeline.dataset.ingest.format;

import org.jspecify.annotations.NullMarked;
