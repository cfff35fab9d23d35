package dev.datapipeline.record;

import dev.datapipeline.web.Client;

/** Who is shown records, and for whom. */
record Viewer(RecordVisitor visitor, Client client) {}
