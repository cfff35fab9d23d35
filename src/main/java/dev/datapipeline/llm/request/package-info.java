/**
 * What a script asks of a model: where the call goes, whether it is allowed, how large it can become, and what has to be put into it.
 *
 * <p>Bodies are read as a stream of tokens and never written anew: what must be put in is spliced into the bytes that the script sent, so
 * that numbers, unknown fields and the order of keys reach the upstream as they were. Fields by which a model reaches the network, keeps
 * state or sends key or bill elsewhere are refused, unless a grant of the scope allows them; so are bodies that two readers can understand
 * in two ways (a key twice, other spellings of a key that is checked).
 *
 * <p>Knows only the contract with the ledger.
 */
@NullMarked
package dev.datapipeline.llm.request;

import org.jspecify.annotations.NullMarked;
