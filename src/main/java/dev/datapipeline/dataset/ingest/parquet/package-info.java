/**
 * Reader of Parquet files, in two passes.
 *
 * <p>First {@code ParquetUnpacker} copies the file page by page: it unpacks every page by codecs in pure Java, bounds all sizes that the
 * file names, and leaves out what is not needed. Then Hardwood reads the copy, which has no compression, row by row. So no native code sees
 * bytes of an upload, and nothing that a file says makes a reader allocate more than a page.
 */
@NullMarked
package dev.datapipeline.dataset.ingest.parquet;

import org.jspecify.annotations.NullMarked;
