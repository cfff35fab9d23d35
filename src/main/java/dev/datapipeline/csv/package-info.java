/**
 * Writes CSV (RFC 4180) that programs read back cell by cell and that spreadsheets open without running anything; docs/csv.md is the contract.
 *
 * <p>{@link dev.datapipeline.csv.CsvWriter} writes a header and rows of {@link dev.datapipeline.csv.CsvRow}; {@code results.export}
 * fills them. {@code CellText} decides on quotes, {@link dev.datapipeline.csv.FormulaGuard} on formulas with what
 * {@code FormulaSyntax} knows of spreadsheets, {@link dev.datapipeline.csv.UnicodeEscapes} on characters that UTF-8 or readers cannot hold.
 *
 * <p>Two different names never become the same column, a row is never an empty line, and a cell that holds no formula is written as it is.
 */
@NullMarked
package dev.datapipeline.csv;

import org.jspecify.annotations.NullMarked;
