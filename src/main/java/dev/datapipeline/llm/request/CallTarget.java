package dev.datapipeline.llm.request;

import dev.datapipeline.llm.call.Endpoint;

/** Where a request goes. */
public sealed interface CallTarget {
    /**
     * A call of a model.
     *
     * @param query with its question mark, or empty
     */
    record Model(Endpoint endpoint, String query) implements CallTarget {}

    /** The list of models, which needs no call. */
    record ModelList() implements CallTarget {}

    /** One of them. */
    record OneModel(String id) implements CallTarget {}

    /** A question for the allowed methods. */
    record Options(String methods) implements CallTarget {}

    /** @throws RequestRefusedException when nothing is there, or nothing that a script may call */
    static CallTarget of(String method, String target) throws RequestRefusedException {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark);
        String name = path.startsWith("/v1/") ? path.substring("/v1/".length()) : path.substring(1);
        for (Endpoint endpoint : Endpoint.values()) {
            if (endpoint.path().equals(name)) {
                return model(method, endpoint, query);
            }
        }
        if (name.equals(Paths.MODELS) || name.startsWith(Paths.MODELS + "/")) {
            return models(method, name);
        }
        throw Paths.unknown(name);
    }

    /** The methods of a path, for the answer to one that it does not have. */
    static String methodsAt(String target) {
        return target.contains("/" + Paths.MODELS) ? Paths.MODEL_METHODS : Paths.CALL_METHODS;
    }

    private static CallTarget model(String method, Endpoint endpoint, String query) throws RequestRefusedException {
        if (method.equals("OPTIONS")) {
            return new Options(Paths.CALL_METHODS);
        }
        if (!method.equals("POST")) {
            throw new RequestRefusedException(405, "method_not_allowed", "Call " + endpoint.path() + " with POST.");
        }
        if (!Paths.QUERY.matcher(query).matches()) {
            throw RequestRefusedException.invalid("The query of the address has characters that do not belong there.");
        }
        return new Model(endpoint, query);
    }

    private static CallTarget models(String method, String name) throws RequestRefusedException {
        return switch (method) {
            case "OPTIONS" -> new Options(Paths.MODEL_METHODS);
            case "GET", "HEAD" ->
                name.equals(Paths.MODELS) ? new ModelList() : new OneModel(name.substring(Paths.MODELS.length() + 1));
            default -> throw new RequestRefusedException(405, "method_not_allowed", "Models can only be read.");
        };
    }
}
