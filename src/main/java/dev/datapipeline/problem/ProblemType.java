package dev.datapipeline.problem;

/** The catalogue of problems: HTTP status and title; the name is the stable {@code code} clients can rely on. */
public enum ProblemType {
    INVALID_JSON(400, "Not valid JSON"),
    INVALID_ENCODING(400, "Not valid UTF-8"),
    INVALID_CSV(400, "Not valid CSV"),
    INVALID_GZIP(400, "Not valid gzip"),
    INVALID_ARCHIVE(400, "Not a valid archive"),
    INVALID_WORKBOOK(400, "Not a valid workbook"),
    INVALID_PARQUET(400, "Not a valid Parquet file"),
    DUPLICATE_KEY(400, "Duplicate key"),
    TOO_DEEP(400, "Nested too deeply"),
    UNKNOWN_FIELD(400, "Unknown field"),
    WRONG_TYPE(400, "Wrong type"),
    MISSING_PART(400, "Missing part"),
    DUPLICATE_PART(400, "Duplicate part"),
    UNKNOWN_PART(400, "Unknown part"),
    INVALID_PARAMETER(400, "Invalid parameter"),
    INVALID_REQUEST(400, "Invalid request"),
    PROJECT_REQUIRED(400, "Several projects"),
    PACKAGES_INVALID(400, "Invalid packages"),
    EMPTY_BODY(400, "The body is empty"),
    NOT_SIGNED_IN(401, "Not signed in"),
    NO_USERS_YET(401, "There are no users yet"),
    LOGIN_FAILED(401, "Wrong username or password"),
    ROLE_TOO_LOW(403, "Not allowed with this role"),
    SESSION_REQUIRED(403, "Not with an API key"),
    OPERATORS_ONLY(403, "For operators only"),
    CROSS_SITE(403, "Cross-site request rejected"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not available in that format"),
    UPLOAD_TOO_SLOW(408, "Upload too slow"),
    CONFLICT(409, "Not possible in this state"),
    SINGLE_USER(409, "There are no users"),
    ENVIRONMENT_IN_USE(409, "Environment in use"),
    ENVIRONMENT_NOT_READY(409, "Environment not ready"),
    TOO_LARGE(413, "Too large"),
    RECORD_TOO_LARGE(413, "Record too large"),
    ADDRESS_TOO_LONG(414, "Address too long"),
    UNSUPPORTED_TYPE(415, "Unsupported type of content"),
    RANGE_NOT_SATISFIABLE(416, "Range not satisfiable"),
    UNKNOWN_HOST(421, "Unknown host"),
    EMPTY_DATASET(422, "No records"),
    NOT_A_RECORD_LIST(422, "Not a list of records"),
    SEVERAL_MEMBERS(422, "Several files in an archive"),
    UNKNOWN_MEMBER(422, "No such file in the archive"),
    UNKNOWN_SHEET(422, "No such sheet in the workbook"),
    INVALID_PIPELINE(422, "Invalid pipeline"),
    SCRIPT_SYNTAX(422, "Syntax error in a script"),
    SCRIPT_CONTRACT(422, "A script breaks the contract"),
    INVALID_SCRIPT(422, "Invalid script"),
    INVALID_LABEL(422, "Invalid name, note or tags"),
    OUT_OF_RANGE(422, "Out of range"),
    MISSING_FIELD(422, "Missing field"),
    UNKNOWN_UPSTREAM(422, "Unknown upstream for model calls"),
    UNKNOWN_MODEL(422, "Unknown model"),
    UNKNOWN_IMAGE(422, "Unknown image"),
    UNKNOWN_PRICE(422, "Model without a price"),
    PACKAGE_NOT_FOUND(422, "Package not found"),
    PACKAGE_HAS_NO_WHEEL(422, "Package without a wheel that fits"),
    PACKAGES_CONFLICT(422, "Packages contradict each other"),
    PYTHON_MISMATCH(422, "Another Python is needed"),
    PACKAGE_TOO_NEW(422, "Package too new"),
    PACKAGE_FORBIDDEN(422, "Package forbidden"),
    PACKAGE_BY_URL(422, "Package required by an address"),
    WHEEL_REFUSED(422, "Wheel refused"),
    HASH_MISMATCH(422, "Wheel with other bytes than locked"),
    ENVIRONMENT_TOO_LARGE(422, "Environment too large"),
    ENVIRONMENT_TIMEOUT(422, "Environment took too long"),
    ENVIRONMENT_FAILED(422, "Environment failed"),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency key used for something else"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    QUOTA_REACHED(429, "Quota of the project reached"),
    HEADERS_TOO_LARGE(431, "Headers too large"),
    INTERNAL(500, "Internal error"),
    SANDBOX_UNAVAILABLE(503, "No sandbox available"),
    MEMORY_UNAVAILABLE(503, "No memory available"),
    DATABASE_UNAVAILABLE(503, "Database not available"),
    NO_SPACE(507, "Out of space");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Whether the request lacks credentials, or has wrong ones. */
    public boolean isAboutCredentials() {
        return status == 401;
    }

    /** Stable identifier of the type, a relative URI reference. */
    public String uri() {
        return "/problems/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
