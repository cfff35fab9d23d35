/** Users, sessions and API keys over HTTP. All but {@code /api/v1/me} answer 409 in single-user mode. */
@NullMarked
package dev.datapipeline.identity.api;

import org.jspecify.annotations.NullMarked;
