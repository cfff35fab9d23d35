/**
 * Reader of Excel workbooks (.xlsx): the first sheet, or one by its name, as a table whose first row names the columns.
 *
 * <p>The parts of a workbook are XML in a zip archive, read by the JDK's own parser as streams. What a parser would keep in memory is bounded
 * before it gets there: {@code XmlGuard} refuses long tags and everything that workbooks do not need, {@code SharedTexts} bounds the texts.
 * Libraries for workbooks make room for a column by its letters, or expand formulas, before anybody can look at them.
 */
@NullMarked
package dev.datapipeline.dataset.ingest.workbook;

import org.jspecify.annotations.NullMarked;
