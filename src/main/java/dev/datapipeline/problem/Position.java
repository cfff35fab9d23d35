package dev.datapipeline.problem;

/**
 * @param record index of the record, from 0
 * @param line line of the upload, from 1
 * @param column byte in that line, from 1
 * @param byteOffset byte of the (decoded) upload, from 0
 */
public record Position(
        long record,
        long line,
        long column,

        @com.fasterxml.jackson.annotation.JsonProperty("byte")
        long byteOffset) {}
