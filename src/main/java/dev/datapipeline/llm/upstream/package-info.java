/**
 * The servers that model calls go to: settings, checked at the start; keys; the HTTP client.
 *
 * <p>A key leaves this package only inside a request to the origin of its own upstream. It is in no text: not in {@code toString}, logs,
 * answers or errors, and what an upstream says is masked before anybody sees it. Redirects are not followed.
 *
 * <p>Knows only settings, model calls and {@link dev.datapipeline.upstream}.
 */
@NullMarked
package dev.datapipeline.llm.upstream;

import org.jspecify.annotations.NullMarked;
