package dev.datapipeline.project;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/** The access of the request that this thread is working on. Fails in threads that work on none. */
@Singleton
public class CurrentAccess {
    public ProjectAccess get() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        if (request == null) {
            throw new IllegalStateException("this is asked outside of a request");
        }
        return ProjectAccess.of(request.unwrap(RoutingContext.class));
    }

    /** The project in which the request works. */
    public UUID project() {
        return get().project();
    }
}
