package dev.datapipeline.identity.account;

import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.SecretToken;
import dev.datapipeline.identity.credential.NewKeys;
import dev.datapipeline.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Administration of users while no service runs, so without sessions to end in its memory. */
public final class OfflineAccounts {
    private static final Duration LINK_LIFETIME = Duration.ofDays(3);

    private final Transactions transactions;
    private final AccountTable accounts = new AccountTable();
    private final PasswordLinkTable links = new PasswordLinkTable(LINK_LIFETIME);
    private final NewKeys keys = NewKeys.offline();

    public OfflineAccounts(Transactions transactions) {
        this.transactions = transactions;
    }

    public List<Account> list() {
        return transactions.run(accounts::list);
    }

    /** @return the secret of a link with which the user chooses a password */
    public String create(String username, Role role) {
        return transactions.run(transaction -> {
            UUID id = UUID.randomUUID();
            if (accounts.find(transaction, username).isPresent()) {
                throw Accounts.duplicate();
            }
            accounts.insert(transaction, id, username, role, null);
            return link(transaction, id);
        });
    }

    /** Activates the user, too: somebody has to be able to sign in. */
    public String createLink(String username) {
        return transactions.run(transaction -> {
            Account account = find(transaction, username);
            accounts.update(transaction, account.id(), account.role(), true);
            return link(transaction, account.id());
        });
    }

    public void setRole(String username, Role role) {
        transactions.run(transaction -> {
            Account account = find(transaction, username);
            accounts.update(transaction, account.id(), role, account.active());
            return true;
        });
    }

    /** @return the whole key */
    public String createKey(String username, Role role, String name) {
        return transactions.run(transaction -> keys.create(
                        transaction,
                        find(transaction, username).id(),
                        new NewKeys.Wanted(Membership.DEFAULT_PROJECT, name, role, null))
                .key());
    }

    private String link(Transaction transaction, UUID account) {
        String secret = SecretToken.random();
        links.replace(transaction, account, secret);
        return secret;
    }

    private Account find(Transaction transaction, String username) {
        return accounts.find(transaction, username).orElseThrow(() -> ProblemException.notFound("user"));
    }
}
