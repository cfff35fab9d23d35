package dev.datapipeline.identity.login;

import dev.datapipeline.identity.Caller;
import dev.datapipeline.identity.ClientAddress;
import dev.datapipeline.identity.account.Passwords;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Checks passwords within the limits of {@link LoginBackOff}. */
@Singleton
public class PasswordLogin {
    private static final int LONGEST_KEY = 64;

    private final Passwords passwords;
    private final LoginBackOff backOff;

    PasswordLogin(Passwords passwords, LoginBackOff backOff) {
        this.passwords = passwords;
        this.backOff = backOff;
    }

    /** The account whose username and password these are. What is wrong, the name or the password, is not told. */
    public UUID check(String username, String password, HttpServerRequest request) {
        return attempt(username, request, () -> passwords.check(username, password));
    }

    /** Checks the password of somebody who has signed in already. */
    public void confirm(Caller caller, String password, HttpServerRequest request) {
        attempt(
                caller.username(),
                request,
                () -> passwords.check(caller.account(), password) ? Optional.of(caller.account()) : Optional.empty());
    }

    private UUID attempt(String username, HttpServerRequest request, Supplier<Optional<UUID>> check) {
        LoginBackOff.Attempt attempt =
                new LoginBackOff.Attempt(key(username), ClientAddress.network(ClientAddress.of(request)));
        backOff.begin(attempt);
        Optional<UUID> account;
        try {
            account = check.get();
        } catch (RuntimeException notChecked) {
            backOff.notChecked(attempt);
            throw notChecked;
        }
        UUID found = account.orElseThrow(
                () -> new ProblemException(ProblemType.LOGIN_FAILED, "The username or the password is wrong."));
        backOff.succeeded(attempt);
        return found;
    }

    /** No name is longer, so nobody can fill the memory with long ones. */
    private static String key(String username) {
        String name = username.strip().toLowerCase(Locale.ROOT);
        return name.length() <= LONGEST_KEY ? name : name.substring(0, LONGEST_KEY);
    }
}
