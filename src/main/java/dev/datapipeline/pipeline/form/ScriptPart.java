package dev.datapipeline.pipeline.form;

import dev.datapipeline.pipeline.Stage;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a form part that holds a script: {@code main_0}, {@code pre_0}, {@code post_0}, {@code main_1} …
 *
 * @param number of the row on the page, from 0
 */
public record ScriptPart(Stage stage, int number) {
    private static final Pattern NAME = Pattern.compile("(pre|main|post)_(0|[1-9][0-9]{0,8})");

    public static Optional<ScriptPart> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new ScriptPart(
                        Stage.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    public String name() {
        return stage.label() + "_" + number;
    }
}
