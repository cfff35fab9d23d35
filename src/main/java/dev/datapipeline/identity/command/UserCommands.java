package dev.datapipeline.identity.command;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.identity.Role;
import dev.datapipeline.identity.account.Account;
import dev.datapipeline.identity.account.AccountRules;
import dev.datapipeline.identity.account.OfflineAccounts;
import dev.datapipeline.problem.ProblemException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Reads a command from its arguments, carries it out, and prints what came of it. */
public final class UserCommands {
    /** The first argument of the program that asks for a command in place of the service. */
    public static final String NAME = "admin";

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final String USAGE = """
            usage: bin/admin COMMAND

              list-users                    the users, with their roles
              create-user NAME ROLE         make a user (viewer, editor, admin), and a link to choose a password
              password-link NAME            make a link to choose a new password; activates the user
              set-role NAME ROLE            change the role of a user
              create-key NAME ROLE LABEL    make an API key for a user
              rotate-master-key             seal all secrets with a new key, and replace the key file
              forget-secrets                remove the secrets that the key file does not open

            The service must be stopped. A link is put behind the address of the service.""";

    private final OfflineAccounts accounts;
    private final PrintStream out;
    private final PrintStream err;

    public UserCommands(OfflineAccounts accounts, PrintStream out, PrintStream err) {
        this.accounts = accounts;
        this.out = out;
        this.err = err;
    }

    /** @return the exit status of the program */
    public int run(List<String> arguments) {
        try {
            return execute(arguments);
        } catch (ProblemException refused) {
            err.println(refused.detail());
            return FAILED;
        } catch (DatabaseException failed) {
            err.println("The database cannot do it. Was this version of the service ever started on it? "
                    + failed.getMessage());
            return FAILED;
        }
    }

    private int execute(List<String> arguments) {
        String command = arguments.isEmpty() ? "" : arguments.getFirst();
        return switch (command + " " + Math.max(0, arguments.size() - 1)) {
            case "list-users 0" -> {
                accounts.list().forEach(account -> out.println(line(account)));
                yield 0;
            }
            case "create-user 2" -> {
                String name = AccountRules.username(arguments.get(1));
                yield link(name, accounts.create(name, role(arguments.get(2))));
            }
            case "password-link 1" -> {
                String name = AccountRules.username(arguments.get(1));
                yield link(name, accounts.createLink(name));
            }
            case "set-role 2" -> {
                accounts.setRole(AccountRules.username(arguments.get(1)), role(arguments.get(2)));
                yield 0;
            }
            case "create-key 3" -> {
                String name = AccountRules.username(arguments.get(1));
                out.println(accounts.createKey(name, role(arguments.get(2)), arguments.get(3)));
                yield 0;
            }
            default -> {
                err.println(USAGE);
                yield WRONG_USAGE;
            }
        };
    }

    private int link(String name, String secret) {
        err.println("Start the service; " + name + " opens its address with this path to choose a password:");
        out.println("/choose-password#" + secret);
        return 0;
    }

    private static String line(Account account) {
        String state = account.active() ? "" : " (deactivated)";
        return account.username() + " " + account.role().name().toLowerCase(Locale.ROOT) + state;
    }

    private static Role role(String text) {
        for (Role role : Role.values()) {
            if (role.name().equalsIgnoreCase(text)) {
                return role;
            }
        }
        throw ProblemException.invalidParameter("role", "is viewer, editor or admin, not " + text);
    }
}
