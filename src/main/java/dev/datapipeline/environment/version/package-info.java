/**
 * Versions of Python packages and specifiers of versions (PEP 440): read, put into canonical form, ordered, matched.
 *
 * <p>Everything that PEP 440 has is understood; legacy versions, which pip has given up, are not. Knows nothing else.
 */
@NullMarked
package dev.datapipeline.environment.version;

import org.jspecify.annotations.NullMarked;
