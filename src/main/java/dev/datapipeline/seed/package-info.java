/**
 * The two endpoints of the seed system, the earlier program that this service replaces, as lenient as they were there: {@code POST
 * /submit_pipeline} and {@code GET /get_result/{id}}. Its page keeps working with this service.
 */
@NullMarked
package dev.datapipeline.seed;

import org.jspecify.annotations.NullMarked;
