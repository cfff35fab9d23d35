package dev.datapipeline.label;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** The labels of a row as it is read; {@link LabelRepository} changes them. */
@Embeddable
public record Labels(
        @Column(insertable = false, updatable = false) @Nullable
        String note,

        @Column(insertable = false, updatable = false) @JdbcTypeCode(SqlTypes.ARRAY)
        List<String> tags,

        @Column(insertable = false, updatable = false) boolean starred) {
    /** Those of a new row. */
    public static final Labels NONE = new Labels(null, List.of(), false);
}
