package dev.datapipeline.identity.account;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.SecretToken;
import dev.datapipeline.identity.credential.KnownCallers;
import dev.datapipeline.identity.credential.MembershipTable;
import dev.datapipeline.identity.credential.SessionTable;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Administration of users. */
@Singleton
public class Accounts {
    private final Transactions transactions;
    private final AccountTable accounts;
    private final PasswordLinkTable links;
    private final SessionTable sessions;
    private final KnownCallers callers;

    Accounts(
            Transactions transactions,
            AccountTable accounts,
            PasswordLinkTable links,
            SessionTable sessions,
            KnownCallers callers) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.links = links;
        this.sessions = sessions;
        this.callers = callers;
    }

    /** @param secret of the link, which is shown once */
    public record NewLink(String secret, Instant expiresAt) {}

    public record NewAccount(Account account, NewLink link) {}

    public List<Account> list() {
        return transactions.run(accounts::list);
    }

    public Account get(UUID id) {
        return transactions.run(transaction -> find(transaction, id));
    }

    public List<Membership> memberships(UUID id) {
        return transactions.run(transaction -> MembershipTable.ofAccount(transaction, id));
    }

    /** @param username as somebody has typed it */
    public Optional<Account> find(String username) {
        String name = AccountRules.lowerCase(username);
        return transactions.run(transaction -> accounts.find(transaction, name));
    }

    /** Creates a user, who chooses a password with the link. */
    public NewAccount create(String username, Role role) {
        UUID id = UUID.randomUUID();
        try {
            return transactions.run(transaction -> {
                accounts.insert(transaction, id, username, role, null);
                return new NewAccount(find(transaction, id), newLink(transaction, id));
            });
        } catch (DatabaseException failed) {
            if (failed.isDuplicate()) {
                throw duplicate();
            }
            throw failed;
        }
    }

    /** A user who is deactivated is signed out everywhere, and the user's API keys are refused. */
    public Account update(UUID id, Role role, boolean active) {
        Account updated = transactions.run(transaction -> {
            accounts.lock(transaction);
            find(transaction, id);
            boolean staysAdministrator = active && role == Role.ADMIN;
            if (!staysAdministrator && !accounts.hasOtherAdministrator(transaction, id)) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "Without this user there would be no administrator who can sign in. Make another one first.");
            }
            accounts.update(transaction, id, role, active);
            if (!active) {
                sessions.deleteAll(transaction, id, null);
            }
            return find(transaction, id);
        });
        callers.forgetAll();
        return updated;
    }

    /** A new link to choose a password; the password of the user stays valid until the link is used. */
    public NewLink createLink(UUID id) {
        return transactions.run(transaction -> {
            if (!find(transaction, id).active()) {
                throw new ProblemException(ProblemType.CONFLICT, "The user is deactivated. Activate the user first.");
            }
            return newLink(transaction, id);
        });
    }

    public void signOutEverywhere(UUID id) {
        transactions.run(transaction -> {
            find(transaction, id);
            sessions.deleteAll(transaction, id, null);
            return true;
        });
        callers.forgetAll();
    }

    static ProblemException duplicate() {
        return new ProblemException(
                ProblemType.CONFLICT, "There is a user of this name. Choose another one, or change that user.");
    }

    private NewLink newLink(Transaction transaction, UUID id) {
        String secret = SecretToken.random();
        return new NewLink(secret, links.replace(transaction, id, secret));
    }

    private Account find(Transaction transaction, UUID id) {
        return accounts.find(transaction, id).orElseThrow(() -> ProblemException.notFound("user"));
    }
}
