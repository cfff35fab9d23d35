package dev.datapipeline.http;

import jakarta.ws.rs.HttpMethod;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/** The methods that a path has, for the header Allow that a 405 must carry (RFC 9110) and that Quarkus leaves out. */
final class AllowedMethods {
    private AllowedMethods() {}

    static Set<String> of(ResteasyReactiveRequestContext context) {
        Deployment deployment = context.getDeployment();
        RequestMapper<InitialMatch> classes = new RequestMapper<>(deployment.getClassMappers());
        String path = context.getPathWithoutPrefix();
        Set<String> methods = new TreeSet<>();
        for (RequestMatch<InitialMatch> match = classes.map(path);
                match != null;
                match = classes.continueMatching(path, match)) {
            for (ServerRestHandler step : match.value.handlers) {
                if (step instanceof ClassRoutingHandler methodsOfClass) {
                    addMethods(methods, methodsOfClass, match.remaining);
                }
            }
        }
        return methods;
    }

    private static void addMethods(Set<String> methods, ClassRoutingHandler methodsOfClass, String remaining) {
        String path = remaining.isEmpty() ? "/" : remaining;
        methodsOfClass.getMappers().forEach((method, mapper) -> {
            if (method != null && mapper.map(path) != null) {
                methods.add(method);
            }
        });
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        methods.add(HttpMethod.OPTIONS);
    }
}
