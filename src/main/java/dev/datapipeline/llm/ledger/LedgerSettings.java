package dev.datapipeline.llm.ledger;

import dev.datapipeline.llm.budget.AccountSettings;

/**
 * How the ledger is set up.
 *
 * @param cacheBytes that shared answers may take of the disk
 */
record LedgerSettings(AccountSettings accounts, long cacheBytes) {}
