/**
 * Users: their table, their passwords (Argon2id), the links with which a password is chosen, and whether there are users at all.
 *
 * <p>{@code Accounts} makes every change in one transaction with the sessions that it ends. There is always an active administrator.
 */
@NullMarked
package dev.datapipeline.identity.account;

import org.jspecify.annotations.NullMarked;
