/** Commands for users that work on the database alone, while the service is stopped: see {@code bin/admin}. */
@NullMarked
package dev.datapipeline.identity.command;

import org.jspecify.annotations.NullMarked;
