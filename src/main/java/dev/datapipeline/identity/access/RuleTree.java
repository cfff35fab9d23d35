package dev.datapipeline.identity.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds rules by path, segment by segment. Read-only once it is filled. */
final class RuleTree {
    /** First segments of paths that are never those of the page. */
    private static final Set<String> SERVICE = Set.of("api", "q", "submit_pipeline", "get_result");

    private final Node root = new Node();
    private final Map<String, AccessRule> page = new HashMap<>();

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final Map<String, AccessRule> byMethod = new HashMap<>();

        @Nullable
        Node parameter;

        Node child(String segment) {
            if (!AccessRule.isParameter(segment)) {
                return literals.computeIfAbsent(segment, name -> new Node());
            }
            if (parameter == null) {
                parameter = new Node();
            }
            return parameter;
        }
    }

    void add(AccessRule rule) {
        if (rule.path().equals(AccessRule.PAGE)) {
            page.put(rule.method(), rule);
            return;
        }
        Node node = root;
        for (String segment : rule.segments()) {
            node = node.child(segment);
        }
        node.byMethod.put(rule.method(), rule);
    }

    Optional<AccessRule> find(String method, String path) {
        return Optional.ofNullable(methodsOf(path).get(method));
    }

    boolean hasPath(String path) {
        return !methodsOf(path).isEmpty();
    }

    private Map<String, AccessRule> methodsOf(String path) {
        if (!path.startsWith("/")) {
            return Map.of();
        }
        Node found = descend(root, path, 1);
        if (found != null) {
            return found.byMethod;
        }
        return isOfPage(path) ? page : Map.of();
    }

    private static @Nullable Node descend(Node node, String path, int start) {
        int end = path.indexOf('/', start);
        String segment = path.substring(start, end < 0 ? path.length() : end);
        for (Node next : new @Nullable Node[] {node.literals.get(segment), segment.isEmpty() ? null : node.parameter}) {
            Node found = next == null || end < 0 ? next : descend(next, path, end + 1);
            if (found != null && !found.byMethod.isEmpty()) {
                return found;
            }
        }
        return null;
    }

    private static boolean isOfPage(String path) {
        int end = path.indexOf('/', 1);
        return !SERVICE.contains(path.substring(1, end < 0 ? path.length() : end));
    }
}
