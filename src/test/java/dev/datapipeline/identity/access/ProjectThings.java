package dev.datapipeline.identity.access;

import dev.datapipeline.testing.Rows;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** One thing of each kind that is stored, in one project. */
record ProjectThings(UUID dataset, UUID pipeline, UUID run, UUID environment) {
    /** Of which there is nothing. */
    static ProjectThings unknown() {
        return new ProjectThings(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    }

    static ProjectThings in(UUID project, DataSource database) throws SQLException {
        Rows rows = new Rows(database);
        UUID run = rows.run(1);
        rows.execute("update batch set status = 'CANCELLED', cancelled = records where run_id = ?", run);
        rows.execute("""
                update run set project_id = ?, status = 'CANCELLED', cancelled = records, batches_cancelled = batches
                 where id = ?""", project, run);
        UUID dataset = UUID.fromString(
                rows.row("select dataset_id from run where id = ?", run).getFirst());
        rows.execute("update dataset set project_id = ? where id = ?", project, dataset);
        UUID pipeline = UUID.randomUUID();
        rows.execute(
                "insert into pipeline (id, project_id, name, version) values (?, ?, 'secret-name', 1)",
                pipeline,
                project);
        rows.execute("""
                insert into pipeline_version (pipeline_id, version, definition)
                values (?, 1, '{"name":"secret-name","steps":[{"name":"s","main":{"name":"m.py","source":"x = 1"}}]}')""", pipeline);
        UUID environment = UUID.randomUUID();
        rows.execute("""
                insert into environment (id, project_id, declaration, declaration_key, status, error_code, error_message)
                values (?, ?, '{"requirements":[]}', ?, 'FAILED', 'PACKAGE_NOT_FOUND', 'secret')""", environment, project, environment.toString());
        return new ProjectThings(dataset, pipeline, run, environment);
    }

    /** The path of a rule with the ids of these things in it. */
    String path(AccessRule rule) {
        UUID id = rule.path().startsWith("/api/v1/datasets")
                ? dataset
                : rule.path().startsWith("/api/v1/pipelines")
                        ? pipeline
                        : rule.path().startsWith("/api/v1/environments") ? environment : run;
        return rule.path().replaceAll("\\{(number|index)}", "0").replaceAll("\\{\\w+}", id.toString());
    }

    /** A text in which the ids of these things look like those of all others. */
    String masked(String text) {
        return text.replace(dataset.toString(), "ID")
                .replace(pipeline.toString(), "ID")
                .replace(run.toString(), "ID")
                .replace(environment.toString(), "ID");
    }
}
