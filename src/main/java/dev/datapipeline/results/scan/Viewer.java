package dev.datapipeline.results.scan;

import dev.datapipeline.http.download.Client;

/** A visitor and the client it works for. */
record Viewer(RecordVisitor visitor, Client client) {}
