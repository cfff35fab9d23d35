package dev.datapipeline.identity.credential;

import dev.datapipeline.identity.AuthConfig;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The cookie that holds the secret of a session. No script can read it, and no other site can have it sent. With TLS its name makes browsers refuse
 * it from other hosts and ports; without TLS browsers would not take such a name.
 */
@Singleton
public class SessionCookie {
    private static final String NAME = "dpf-session";
    private static final String NAME_WITH_TLS = "__Host-" + NAME;

    private final AuthConfig config;

    SessionCookie(AuthConfig config) {
        this.config = config;
    }

    public Optional<Credential.Session> read(HttpServerRequest request) {
        Cookie cookie = request.getCookie(name(request));
        return cookie == null ? Optional.empty() : Credential.Session.of(cookie.getValue());
    }

    public void write(HttpServerRequest request, String secret) {
        request.response()
                .addCookie(cookie(request, secret)
                        .setMaxAge(config.sessionLifetime().toSeconds()));
    }

    public void clear(HttpServerRequest request) {
        request.response().addCookie(cookie(request, "").setMaxAge(0));
    }

    private static Cookie cookie(HttpServerRequest request, String value) {
        return Cookie.cookie(name(request), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(isEncrypted(request))
                .setSameSite(CookieSameSite.STRICT);
    }

    private static String name(HttpServerRequest request) {
        return isEncrypted(request) ? NAME_WITH_TLS : NAME;
    }

    private static boolean isEncrypted(HttpServerRequest request) {
        return "https".equals(request.scheme());
    }
}
