package dev.datapipeline.environment.index.serving;

import dev.datapipeline.environment.index.page.HtmlEntities;
import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.project.Project;
import java.nio.charset.StandardCharsets;

/**
 * Writes a project's page for pip as HTML (PEP 503): every pip from 22.3 on reads all of it, whereas some of them fail on the JSON of the same.
 * Metadata is offered for every wheel (PEP 658), under both names that the attribute has had (PEP 714).
 */
final class ProjectPage {
    private static final String START = """
            <!DOCTYPE html>
            <html><head><meta name="pypi:repository-version" content="1.0"><title>Packages</title></head><body>
            """;
    private static final String END = "</body></html>\n";

    private ProjectPage() {}

    static byte[] of(Project project) {
        StringBuilder page = new StringBuilder(START);
        project.offered().forEach(seen -> addLink(page, seen.file()));
        return page.append(END).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void addLink(StringBuilder page, IndexFile file) {
        String filename = HtmlEntities.encode(file.filename());
        page.append("<a href=\"")
                .append(PackagePath.FILES)
                .append(file.key())
                .append('/')
                .append(filename);
        file.sha256().ifPresent(sha256 -> page.append("#sha256=").append(sha256));
        page.append('"');
        if (file.requiresPython() != null) {
            addAttribute(page, "data-requires-python", file.requiresPython());
        }
        if (file.yanked() != null) {
            addAttribute(page, "data-yanked", file.yanked());
        }
        addAttribute(page, "data-core-metadata", "true");
        addAttribute(page, "data-dist-info-metadata", "true");
        page.append('>').append(filename).append("</a><br>\n");
    }

    private static void addAttribute(StringBuilder page, String name, String value) {
        page.append(' ')
                .append(name)
                .append("=\"")
                .append(HtmlEntities.encode(value))
                .append('"');
    }
}
