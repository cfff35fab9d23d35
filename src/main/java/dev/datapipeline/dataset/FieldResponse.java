package dev.datapipeline.dataset;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.datapipeline.dataset.ingest.format.JsonType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * @param name exact: NUL and half of a surrogate pair are escapes, as they were in the upload
 * @param types the JSON types seen, each once
 * @param present in how many records it stands
 */
@Schema(name = "DatasetField")
record FieldResponse(@JsonRawValue String name, List<JsonType> types, long present) {
    static FieldResponse of(StoredField field) {
        return new FieldResponse(field.exactName(), field.types(), field.present());
    }
}
