package dev.datapipeline.pipeline;

/**
 * @param stepIndex of the step, from 0
 * @param step name of the step
 */
public record StageScript(int stepIndex, String step, Stage stage, Script script) {
    /** As a JSON Pointer into the pipeline. */
    public String pointer() {
        return "/steps/" + stepIndex + "/" + stage.label();
    }
}
