/**
 * Thrift's compact protocol, in which Parquet files describe themselves: values as they are written, and writing them. Whoever reads them from
 * files of others bounds them, in {@code dataset.ingest.parquet}.
 */
@NullMarked
package dev.datapipeline.thrift;

import org.jspecify.annotations.NullMarked;
