package dev.datapipeline.llm.upstream;

/** A key. Its text leaves this package only in the head of a request. */
final class Secret {
    private final String text;

    Secret(String text) {
        this.text = text;
    }

    String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
