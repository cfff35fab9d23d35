package dev.datapipeline.results.export;

import dev.datapipeline.csv.CsvOptions;

/** @param csv of formats that are text with separated columns */
public record TableOptions(ResultFormat format, CsvOptions csv) {}
