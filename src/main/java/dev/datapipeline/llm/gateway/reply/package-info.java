/** What the gateway says to clients by itself, and which headers pass it in either direction. */
@NullMarked
package dev.datapipeline.llm.gateway.reply;

import org.jspecify.annotations.NullMarked;
