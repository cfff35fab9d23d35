/**
 * Results as an Excel workbook of one sheet, written row by row.
 */
@NullMarked
package dev.datapipeline.results.export.excel;

import org.jspecify.annotations.NullMarked;
