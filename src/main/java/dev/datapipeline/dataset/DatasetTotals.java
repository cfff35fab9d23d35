package dev.datapipeline.dataset;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Sums over datasets.
 *
 * @param datasets how many there are
 * @param bytes of the uploads, unpacked
 */
@Schema(name = "DatasetTotals")
record DatasetTotals(long datasets, long records, long bytes) {}
