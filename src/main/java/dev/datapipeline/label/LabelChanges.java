package dev.datapipeline.label;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checked changes; what is null stays as it is. An empty note, and no tags, remove what is there. */
public record LabelChanges(
        @Nullable String name,
        @Nullable String note,
        @Nullable List<String> tags,
        @Nullable Boolean starred) {}
