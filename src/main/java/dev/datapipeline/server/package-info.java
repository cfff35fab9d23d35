/** The process. */
@NullMarked
package dev.datapipeline.server;

import org.jspecify.annotations.NullMarked;
