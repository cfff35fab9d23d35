package dev.datapipeline.results.scan;

import dev.datapipeline.http.download.Client;

record Viewer(RecordVisitor visitor, Client client) {}
