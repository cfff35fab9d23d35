package dev.datapipeline.identity.access;

import dev.datapipeline.http.ProjectParameter;
import dev.datapipeline.identity.Role;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Adds to each operation of the API document what it needs, and ends the build if the access matrix does not name one. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class AccessMatrixFilter implements OASFilter {
    private static final String KEY = "apiKey";
    private static final String SESSION = "session";

    private final AccessMatrix matrix = AccessMatrix.load();

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSecurityScheme(
                        KEY,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API key, where the service has users"))
                .addSecurityScheme(
                        SESSION,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name("dpf-session")
                                .description("The cookie of somebody who has signed in; __Host-dpf-session with TLS"));
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                    AccessRule rule = rule(method.name(), path);
                    describe(operation, rule);
                    if (rule.scope().takesProject()) {
                        operation.addParameter(project());
                    }
                }));
    }

    private AccessRule rule(String method, String path) {
        return matrix.ofOperation(method, path)
                .orElseThrow(() -> new IllegalStateException(
                        "access-matrix.txt does not say who may use " + method + " " + path + "; add a line"));
    }

    private static Parameter project() {
        return OASFactory.createParameter()
                .name(ProjectParameter.NAME)
                .in(Parameter.In.QUERY)
                .schema(OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING)))
                .description(
                        "Name or id of the project; the header X-Project does the same. For those who are members of several");
    }

    private static void describe(Operation operation, AccessRule rule) {
        Role needed = rule.leastRole();
        if (needed == null) {
            operation.setSecurity(List.of());
            return;
        }
        SecurityRequirement session = OASFactory.createSecurityRequirement().addScheme(SESSION);
        operation.setSecurity(
                rule.allowsKeys()
                        ? List.of(OASFactory.createSecurityRequirement().addScheme(KEY), session)
                        : List.of(session));
        operation.addExtension("x-least-role", needed.name().toLowerCase(Locale.ROOT));
        operation.addExtension("x-role-of", rule.scope().word());
    }
}
