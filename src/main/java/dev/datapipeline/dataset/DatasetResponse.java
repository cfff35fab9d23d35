package dev.datapipeline.dataset;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.RecordList;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * @param bytes of the upload, unpacked
 * @param sha256 of these bytes, in hexadecimal
 * @param fields the top-level fields of the records in the order first seen, at most 1,000
 * @param separator of the columns of a table; null for JSON
 * @param recordsPath the JSON Pointer of the list that the records were taken from; null when the whole upload was read
 * @param recordLists lists of objects in a document that became a single record, the longest first; upload it again with one of them as
 *     the parameter records to make each object a record
 * @param member the file of an archive that the records were taken from; null when the upload is no archive
 * @param sheet of a workbook that the records were taken from; null when the upload is no workbook
 * @param sheets the names of all sheets of the workbook; upload it again with one of them as the parameter sheet to read that one
 * @param note of people, about the dataset
 * @param notes sentences for people about how the upload was understood, such as where its type and its content disagree
 */
@Schema(name = "Dataset")
record DatasetResponse(
        UUID id,
        String name,
        DatasetFormat format,
        long records,
        long bytes,
        String sha256,
        List<FieldResponse> fields,
        @Nullable String separator,
        @Nullable String recordsPath,
        List<RecordList> recordLists,
        @Nullable String member,
        @Nullable String sheet,
        List<String> sheets,
        List<String> notes,
        Instant createdAt,
        @Nullable String note,
        List<String> tags,
        boolean starred) {
    static DatasetResponse of(Dataset dataset) {
        return new DatasetResponse(
                dataset.id,
                dataset.name,
                dataset.format,
                dataset.records,
                dataset.bytes,
                dataset.sha256,
                dataset.fields.stream().map(FieldResponse::of).toList(),
                dataset.separator,
                dataset.recordsPath,
                dataset.recordLists,
                dataset.member,
                dataset.sheet,
                dataset.sheets,
                dataset.notes,
                dataset.createdAt,
                dataset.labels.note(),
                dataset.labels.tags(),
                dataset.labels.starred());
    }
}
