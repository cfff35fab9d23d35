package dev.datapipeline.dataset.ingest.json;

import dev.datapipeline.dataset.ingest.format.RecordList;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import java.util.List;

/** Advice on a JSON document that holds its records in an inner list, or is a table written by columns. */
final class DocumentAdvice {
    private DocumentAdvice() {}

    static List<String> of(DocumentShape shape) {
        if (!shape.lists().isEmpty()) {
            RecordList list = shape.lists().getFirst();
            return List.of(("The upload is one object, which counts as one record. It holds a list of %d objects at "
                            + "\"%s\": upload it with the parameter records=%s to make each of them a record.")
                    .formatted(list.records(), list.path(), list.path()));
        }
        if (shape.columns() > 0) {
            return List.of(("The upload is one object, which counts as one record. It looks like a table written by "
                            + "columns, with %d columns of %d values: write it as a list of objects, one for each row, "
                            + "to make each row a record (in pandas: to_json(orient=\"records\")).")
                    .formatted(shape.columns(), shape.rows()));
        }
        return List.of();
    }

    /** The rejection of a document that is too large for one record, with the lists that were seen in it. */
    static ProblemException tooLarge(ProblemException rejected, List<RecordList> lists) {
        if (lists.isEmpty()) {
            return rejected;
        }
        String detail = ("The upload is one object, which would be a single record, and is too large for one. It holds "
                        + "a list of objects at \"%s\": upload it with the parameter records=%s to make each of them a "
                        + "record.")
                .formatted(lists.getFirst().path(), lists.getFirst().path());
        return new ProblemException(rejected.type(), detail, rejected.position())
                .withErrors(lists.stream().map(DocumentAdvice::error).toList());
    }

    private static FieldError error(RecordList list) {
        return new FieldError(list.path(), "a list of at least %d objects".formatted(list.records()));
    }
}
