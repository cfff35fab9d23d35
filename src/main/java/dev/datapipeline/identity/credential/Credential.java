package dev.datapipeline.identity.credential;

import dev.datapipeline.identity.SecretToken;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request claims to be made with, well formed and not yet checked. It holds no secret, so it may be a key of a cache. */
public sealed interface Credential {
    /** @param secretHash digest of the secret in the cookie */
    record Session(String secretHash) implements Credential {
        public static Optional<Session> of(String cookie) {
            return cookie.length() == SecretToken.LENGTH
                    ? Optional.of(new Session(SecretToken.digest(cookie)))
                    : Optional.empty();
        }
    }

    /** {@code dpf_<id>_<secret>} */
    record Key(String id, String secretHash) implements Credential {
        private static final Pattern FORM = Pattern.compile("dpf_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");

        static Optional<Key> of(String text) {
            Matcher form = FORM.matcher(text);
            return form.matches()
                    ? Optional.of(new Key(form.group(1), SecretToken.digest(form.group(2))))
                    : Optional.empty();
        }

        /** From the value of the header Authorization. */
        public static Optional<Key> ofHeader(String header) {
            String scheme = "Bearer ";
            return header.regionMatches(true, 0, scheme, 0, scheme.length())
                    ? of(header.substring(scheme.length()).strip())
                    : Optional.empty();
        }
    }
}
