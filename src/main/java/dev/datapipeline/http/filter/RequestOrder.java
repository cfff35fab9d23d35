package dev.datapipeline.http.filter;

/**
 * The order in which a request meets what looks at it before a resource does: first the head alone, cheapest first, then the body. Filters of
 * every package are registered with the {@link #priority()} of their place here, so that this is the one list of them. Plain routes, which
 * Vert.x sorts by a number from low to high, come after all filters.
 */
public enum RequestOrder {
    /** {@link ChunkedRequestFilter}. */
    CONNECTION,
    /** Lengths of address and headers: {@link RequestLimitsFilter}. */
    HEAD_SIZE,
    /** For whom the request is meant: {@link RequestTargets}. */
    TARGET,
    /** One spelling per address: {@link PathSpellingFilter}. */
    SPELLING,
    /** Who asks: {@link OperatorsFilter}, {@link CrossSiteRequestFilter}. */
    CLIENT,
    /** Announced size and type of the body: {@link RequestLimitsFilter}. */
    BODY_HEADERS,
    /** Bodies that are read before a thread is taken for them: {@link BufferedBodies}, and the gate of forms. */
    BODY;

    /** Routes that answer in the place of a resource; after the headers that every answer has (quarkus.http.filter.page). */
    public static final int SHORT_CUTS = 101;

    /** Filters of Quarkus with similar checks, whose answers are empty, have 300 and less. */
    private static final int FIRST = 3000;

    /** What {@link io.quarkus.vertx.http.runtime.filters.Filters#register} takes: higher comes first. */
    public int priority() {
        return FIRST - ordinal();
    }
}
