/**
 * The files of the wheel store: wheels that arrive, wheels that lie in their folders, which of them are open and which may go.
 *
 * <p>A file is durable before anybody sees it under its name. What a wheel is, and where it comes from, is not known here.
 */
@NullMarked
package dev.datapipeline.environment.wheel.file;

import org.jspecify.annotations.NullMarked;
