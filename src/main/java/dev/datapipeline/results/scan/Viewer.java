package dev.datapipeline.results.scan;

import dev.datapipeline.http.download.Client;

/** Who is shown records, and for whom. */
record Viewer(RecordVisitor visitor, Client client) {}
