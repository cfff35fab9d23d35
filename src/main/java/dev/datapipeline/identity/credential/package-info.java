/**
 * What requests are made with: sessions of the page and API keys, their tables, and {@code KnownCallers}, which checks them for every request
 * from memory that is at most two seconds old.
 */
@NullMarked
package dev.datapipeline.identity.credential;

import org.jspecify.annotations.NullMarked;
