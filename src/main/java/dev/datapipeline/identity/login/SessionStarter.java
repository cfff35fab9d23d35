package dev.datapipeline.identity.login;

import dev.datapipeline.database.StorableText;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.identity.ClientAddress;
import dev.datapipeline.identity.credential.Credential;
import dev.datapipeline.identity.credential.KnownCallers;
import dev.datapipeline.identity.credential.SessionCookie;
import dev.datapipeline.identity.credential.SessionTable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins and ends the session of a browser. */
@Singleton
public class SessionStarter {
    private static final int LONGEST_BROWSER = 200;

    private final Transactions transactions;
    private final SessionTable sessions;
    private final SessionCookie cookie;
    private final KnownCallers callers;

    SessionStarter(Transactions transactions, SessionTable sessions, SessionCookie cookie, KnownCallers callers) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.cookie = cookie;
        this.callers = callers;
    }

    /** The session gets a new secret, and the one that the browser had before ends: nobody can make a person use a session that is known to others. */
    public void begin(UUID account, HttpServerRequest request) {
        Optional<Credential.Session> earlier = cookie.read(request);
        String secret = transactions.run(transaction -> {
            earlier.ifPresent(session -> sessions.delete(transaction, session));
            return sessions.create(
                    transaction,
                    account,
                    ClientAddress.of(request),
                    cut(StorableText.of(request.getHeader(HttpHeaders.USER_AGENT))));
        });
        earlier.ifPresent(callers::forget);
        cookie.write(request, secret);
    }

    public void end(HttpServerRequest request) {
        cookie.read(request).ifPresent(session -> {
            transactions.run(transaction -> {
                sessions.delete(transaction, session);
                return true;
            });
            callers.forget(session);
        });
        cookie.clear(request);
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST_BROWSER ? text : text.substring(0, LONGEST_BROWSER);
    }
}
