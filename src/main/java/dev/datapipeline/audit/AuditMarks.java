package dev.datapipeline.audit;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What only those who answer a request know of it, for its entry in the audit log. */
public final class AuditMarks {
    private static final String TARGET = AuditMarks.class.getName() + ".target";
    private static final String PERSON = AuditMarks.class.getName() + ".person";

    private AuditMarks() {}

    /** Somebody who signs in, or tries to. */
    public record Person(UUID account, String username) {}

    /** @param target what the request made or changed, where neither its path nor the header Location says so; no secret */
    public static void target(RoutingContext request, String target) {
        request.put(TARGET, target);
    }

    public static @Nullable String target(RoutingContext request) {
        return request.get(TARGET);
    }

    public static void person(RoutingContext request, UUID account, String username) {
        request.put(PERSON, new Person(account, username));
    }

    public static @Nullable Person person(RoutingContext request) {
        return request.get(PERSON);
    }
}
