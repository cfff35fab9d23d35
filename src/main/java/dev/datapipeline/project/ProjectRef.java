package dev.datapipeline.project;

import java.util.UUID;

/** A project whose settings whoever holds this may read or change. {@link VisibleProjects} makes one for a caller. */
public record ProjectRef(UUID id, String name) {}
