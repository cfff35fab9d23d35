/** The results of a batch on their way to the store: merged with kept ones, bounded in size, removed where they end unused. */
@NullMarked
package dev.datapipeline.worker.result;

import org.jspecify.annotations.NullMarked;
