package dev.datapipeline.llm.request;

import java.util.Set;

/** Names of fields that the checks look at. */
final class Names {
    /** Every field at the top that is read or refused here: none of them may come in another spelling. */
    private static final Set<String> READ = Set.of(
            "model",
            "stream",
            "stream_options",
            "max_tokens",
            "max_completion_tokens",
            "max_output_tokens",
            "n",
            "best_of",
            "prompt",
            "messages",
            "input",
            "tools",
            "service_tier",
            "store",
            "background",
            "modalities",
            "audio");

    private Names() {}

    static boolean isRead(String name) {
        return READ.contains(name);
    }

    /**
     * Some servers (those in Go) match keys whatever their case, by the folding of Unicode. A field in two spellings would pass the check
     * under one and be obeyed under the other.
     */
    static String fold(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int index = 0; index < name.length(); index++) {
            folded.append(Character.toLowerCase(Character.toUpperCase(name.charAt(index))));
        }
        return folded.toString();
    }
}
