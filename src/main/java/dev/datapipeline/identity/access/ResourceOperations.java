package dev.datapipeline.identity.access;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;

/** The operations of resource methods, as the access matrix names them. */
final class ResourceOperations {
    private ResourceOperations() {}

    /** For example {@code GET /api/v1/runs/{id}}. */
    static String operation(Method method) {
        String path = slashed(path(method.getDeclaringClass())) + slashed(path(method));
        return httpMethod(method) + " " + path.replaceAll("\\{\\s*(\\w+)[^}]*}", "{$1}");
    }

    private static String httpMethod(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod named = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (named != null) {
                return named.value();
            }
        }
        return "";
    }

    private static String path(AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    private static String slashed(String path) {
        String stripped = path.replaceAll("^/+|/+$", "");
        return stripped.isEmpty() ? "" : "/" + stripped;
    }
}
