/**
 * An upstream that does what a test tells it, byte by byte, on plain sockets. It counts what it was asked, keeps a bill, and notices when a
 * connection is reset. Scripts are chosen by the model that a request names.
 */
package dev.datapipeline.llm.stub;
