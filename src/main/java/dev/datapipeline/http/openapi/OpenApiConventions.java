package dev.datapipeline.http.openapi;

import dev.datapipeline.problem.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * Derives parts of the OpenAPI document from the code: a record component is required unless it is {@link Nullable} or its schema has a default,
 * and every operation may answer with a problem. The build runs it more than once, so it changes nothing that is already there.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class OpenApiConventions implements OASFilter {
    private static final String OUR_PACKAGES = "dev.datapipeline.";
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName SCHEMA =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
    private static final DotName JSON_PROPERTY =
            DotName.createSimple(com.fasterxml.jackson.annotation.JsonProperty.class);

    private final IndexView index;

    public OpenApiConventions(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        for (ClassInfo type : index.getKnownClasses()) {
            if (type.isRecord() && type.name().toString().startsWith(OUR_PACKAGES)) {
                schemas.forEach((name, schema) -> {
                    if (isSchemaOf(type, name, schema)) {
                        describe(type, schema);
                    }
                });
            }
        }
        document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(OpenApiConventions::addProblem);
    }

    /** Simple names are not unique, so the properties must match as well. */
    private static boolean isSchemaOf(ClassInfo type, String name, Schema schema) {
        AnnotationInstance annotation = type.declaredAnnotation(SCHEMA);
        String own = annotation == null || annotation.value("name") == null
                ? type.simpleName()
                : annotation.value("name").asString();
        boolean isNamed = type.typeParameters().isEmpty() ? name.equals(own) : name.startsWith(own);
        List<String> properties = type.recordComponents().stream()
                .map(OpenApiConventions::property)
                .toList();
        return isNamed
                && schema.getProperties() != null
                && properties.containsAll(schema.getProperties().keySet());
    }

    private static void describe(ClassInfo type, Schema schema) {
        List<String> required = new ArrayList<>(schema.getRequired() == null ? List.of() : schema.getRequired());
        for (RecordComponentInfo component : type.recordComponents()) {
            String name = property(component);
            Schema property = schema.getProperties().get(name);
            if (property == null || required.contains(name)) {
                continue;
            }
            if (component.type().hasAnnotation(NULLABLE)) {
                schema.addProperty(name, nullable(property));
            } else if (property.getDefaultValue() == null) {
                required.add(name);
            }
        }
        schema.setRequired(required.isEmpty() ? null : required);
    }

    private static Schema nullable(Schema property) {
        if (property.getRef() != null) {
            return OASFactory.createSchema()
                    .description(property.getDescription())
                    .anyOf(List.of(OASFactory.createSchema().ref(property.getRef()), nothing()));
        }
        List<SchemaType> types = property.getType();
        if (types != null) {
            return types.contains(SchemaType.NULL) ? property : property.addType(SchemaType.NULL);
        }
        if (property.getAnyOf() != null) {
            return property;
        }
        return OASFactory.createSchema().anyOf(List.of(property, nothing()));
    }

    private static Schema nothing() {
        return OASFactory.createSchema().addType(SchemaType.NULL);
    }

    private static String property(RecordComponentInfo component) {
        // JsonProperty does not apply to record components: the compiler copies it to the field of the same name.
        AnnotationInstance name =
                component.declaringClass().field(component.name()).declaredAnnotation(JSON_PROPERTY);
        return name == null || name.value() == null
                ? component.name()
                : name.value().asString();
    }

    private static void addProblem(Operation operation) {
        operation.getResponses().removeAPIResponse("400");
        operation
                .getResponses()
                .addAPIResponse(
                        "default",
                        OASFactory.createAPIResponse()
                                .description("A problem")
                                .content(OASFactory.createContent()
                                        .addMediaType(
                                                Problem.MEDIA_TYPE,
                                                OASFactory.createMediaType()
                                                        .schema(OASFactory.createSchema()
                                                                .ref("Problem")))));
    }
}
