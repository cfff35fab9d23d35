/**
 * Package indexes elsewhere: settings, the HTTP client, pages of projects and their files.
 *
 * <p>A password leaves this package only inside a request to the origin of its own index; no redirect takes it further, and it is in no text.
 * Everything an index sends is bounded, in bytes, number and time, and nothing that it says is repeated in messages.
 *
 * <p>Knows wheels and {@link dev.datapipeline.upstream}. All of it blocks.
 */
@NullMarked
package dev.datapipeline.environment.index.upstream;

import org.jspecify.annotations.NullMarked;
