package dev.datapipeline.http;

import dev.datapipeline.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jspecify.annotations.Nullable;

/**
 * Rejects query parameters that the resource method does not declare, that occur twice, or whose text is not a value of the declared type.
 * Jakarta REST would ignore the first two and answer the last with 404.
 */
public class QueryParameters {
    private final Map<Method, Map<String, Class<?>>> declared = new ConcurrentHashMap<>();

    @ServerRequestFilter
    public void check(ResourceInfo resource, UriInfo uri) {
        Map<String, List<String>> given = uri.getQueryParameters();
        if (given.isEmpty() || resource.getResourceClass().isAnnotationPresent(IgnoresUnknownParameters.class)) {
            return;
        }
        Map<String, Class<?>> known =
                declared.computeIfAbsent(resource.getResourceMethod(), QueryParameters::declaredBy);
        boolean takesProject =
                ProjectParameter.isAllowed(CurrentRequestManager.get().unwrap(RoutingContext.class));
        given.forEach((name, values) -> {
            boolean isProject = takesProject && name.equals(ProjectParameter.NAME);
            check(name, values, isProject ? String.class : known.get(name));
        });
    }

    private static void check(String name, List<String> values, @Nullable Class<?> type) {
        if (type == null) {
            throw ProblemException.invalidParameter(name, "is unknown");
        }
        if (Collection.class.isAssignableFrom(type)) {
            return;
        }
        if (values.size() > 1) {
            throw ProblemException.invalidParameter(name, "is given more than once");
        }
        if (!ParameterParser.isValue(values.getFirst(), type)) {
            throw ProblemException.invalidParameter(name, "must be " + ParameterParser.describe(type));
        }
    }

    private static Map<String, Class<?>> declaredBy(Method method) {
        Map<String, Class<?>> types = new HashMap<>();
        for (Parameter parameter : method.getParameters()) {
            add(types, parameter, parameter.getName(), parameter.getType());
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (Field field : parameter.getType().getDeclaredFields()) {
                    add(types, field, field.getName(), field.getType());
                }
            }
        }
        return Map.copyOf(types);
    }

    private static void add(Map<String, Class<?>> types, AnnotatedElement element, String name, Class<?> type) {
        RestQuery query = element.getAnnotation(RestQuery.class);
        if (query != null) {
            types.put(query.value().isEmpty() ? name : query.value(), type);
        }
    }
}
