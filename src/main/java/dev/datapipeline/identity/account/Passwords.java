package dev.datapipeline.identity.account;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.credential.KnownCallers;
import dev.datapipeline.identity.credential.SessionTable;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Checks and changes of passwords. Whoever chooses a new password is signed out everywhere else. */
@Singleton
public class Passwords {
    private final Transactions transactions;
    private final AccountTable accounts;
    private final PasswordLinkTable links;
    private final SessionTable sessions;
    private final KnownCallers callers;
    private final PasswordHasher hasher;

    Passwords(
            Transactions transactions,
            AccountTable accounts,
            PasswordLinkTable links,
            SessionTable sessions,
            KnownCallers callers,
            PasswordHasher hasher) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.links = links;
        this.sessions = sessions;
        this.callers = callers;
        this.hasher = hasher;
    }

    /** Takes the same time whether there is such a user or not. */
    public Optional<UUID> check(String username, String password) {
        Optional<AccountTable.StoredPassword> stored =
                transactions.run(transaction -> accounts.passwordOf(transaction, AccountRules.lowerCase(username)));
        String hash = stored.map(AccountTable.StoredPassword::hash).orElse(null);
        return hasher.matches(AccountRules.normalized(password), hash)
                ? stored.map(AccountTable.StoredPassword::account)
                : Optional.empty();
    }

    public boolean check(UUID account, String password) {
        String hash = transactions
                .run(transaction -> accounts.passwordOf(transaction, account))
                .orElse("");
        return hasher.matches(AccountRules.normalized(password), hash.isEmpty() ? null : hash);
    }

    /** @param kept the session that stays */
    public void change(Caller caller, String password, UUID kept) {
        AccountRules.differs(password, caller.username());
        String hash = hasher.hash(password);
        transactions.run(transaction -> {
            accounts.setPassword(transaction, caller.account(), hash);
            sessions.deleteAll(transaction, caller.account(), kept);
            return true;
        });
        callers.forgetAll();
    }

    /** Sets the password of whom the link is for. The link is used up. */
    public UUID chooseWithLink(String secret, String password) {
        PasswordLinkTable.Owner owner = transactions
                .run(transaction -> links.owner(transaction, secret))
                .orElseThrow(Passwords::invalidLink);
        AccountRules.differs(password, owner.username());
        String hash = hasher.hash(password);
        transactions.run(transaction -> {
            if (!links.use(transaction, owner.account(), secret)) {
                throw invalidLink();
            }
            accounts.setPassword(transaction, owner.account(), hash);
            sessions.deleteAll(transaction, owner.account(), null);
            return true;
        });
        callers.forgetAll();
        return owner.account();
    }

    /** Empty when there is a user already. */
    Optional<UUID> createFirst(String username, String password) {
        AccountRules.differs(password, username);
        String hash = hasher.hash(password);
        UUID id = UUID.randomUUID();
        return transactions.run(transaction -> {
            accounts.lock(transaction);
            if (!accounts.isEmpty(transaction)) {
                return Optional.empty();
            }
            accounts.insert(transaction, id, username, Role.ADMIN, hash);
            return Optional.of(id);
        });
    }

    static ProblemException invalidLink() {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "The link was used, has expired or was replaced by another one. Ask an administrator for a new link.");
    }
}
