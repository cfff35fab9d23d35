/** Upstreams of model calls over HTTP: listed without secrets, and checked. */
@NullMarked
package dev.datapipeline.llm.api;

import org.jspecify.annotations.NullMarked;
