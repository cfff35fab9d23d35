package dev.datapipeline.pipeline;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(implementation = Script.class)
public record ScriptRequest(@Nullable String name, @Nullable String source) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** @return null after adding to the violations */
    @Nullable
    Script read(String pointer, Violations violations) {
        Violations own = new Violations();
        String text = source != null && source.startsWith(BYTE_ORDER_MARK) ? source.substring(1) : source;
        NameValidator.check(name, pointer + "/name", own);
        ScriptValidator.check(text, pointer + "/source", own);
        violations.addAll(own);
        return name == null || text == null || !own.isEmpty() ? null : new Script(name, text);
    }
}
