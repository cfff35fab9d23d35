package dev.datapipeline.label;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.datapipeline.http.json.BoundedList;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Changes to the labels of a run, a dataset or a pipeline, as a client sends them. */
@Schema(
        description =
                "What is absent or null stays as it is. An empty note and an empty list of tags remove what is there.")
public record LabelRequest(
        @Schema(description = "1 to 200 characters, not only blanks") @Nullable
        String name,

        @Schema(description = "At most 10,000 characters; tabs and line ends are allowed") @Nullable
        String note,

        @Schema(description = "All tags from now on: at most 20, each of 1 to 50 characters, without commas")
        @JsonDeserialize(using = Tags.class)
        @Nullable
        List<@Nullable String> tags,

        @Schema(description = "Whether it is starred") @Nullable
        Boolean starred) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NOTE = 10_000;
    private static final int LONGEST_TAG = 50;
    private static final int MOST_TAGS = 20;

    static final class Tags extends BoundedList<String> {
        Tags() {
            super(String.class, MOST_TAGS + 1);
        }
    }

    /** @throws ProblemException INVALID_LABEL with every rule that is broken */
    public LabelChanges checked() {
        List<FieldError> errors = new ArrayList<>();
        checkName(errors);
        checkNote(errors);
        List<String> checkedTags = tags == null ? null : checkedTags(tags, errors);
        if (!errors.isEmpty()) {
            FieldError first = errors.getFirst();
            throw new ProblemException(
                    ProblemType.INVALID_LABEL, first.pointer() + " " + first.message() + ".", errors);
        }
        return new LabelChanges(
                name == null ? null : name.strip(), note == null ? null : note.strip(), checkedTags, starred);
    }

    private void checkName(List<FieldError> errors) {
        if (name == null) {
            return;
        }
        if (name.isBlank() || length(name) > LONGEST_NAME) {
            errors.add(new FieldError(
                    "/name", "must have 1 to %d characters, and not only blanks".formatted(LONGEST_NAME)));
        }
        checkCharacters("/name", name, Character::isISOControl, errors);
    }

    private void checkNote(List<FieldError> errors) {
        if (note == null) {
            return;
        }
        if (length(note) > LONGEST_NOTE) {
            errors.add(new FieldError("/note", "must have at most %,d characters".formatted(LONGEST_NOTE)));
        }
        checkCharacters("/note", note, LabelRequest::isControlButNotLayout, errors);
    }

    private static List<String> checkedTags(List<@Nullable String> given, List<FieldError> errors) {
        if (given.size() > MOST_TAGS) {
            errors.add(new FieldError("/tags", "must be at most %d".formatted(MOST_TAGS)));
        }
        Set<String> checked = new LinkedHashSet<>();
        for (int index = 0; index < given.size(); index++) {
            String tag = given.get(index);
            String pointer = "/tags/" + index;
            if (tag == null || tag.isBlank() || length(tag) > LONGEST_TAG || tag.contains(",")) {
                errors.add(new FieldError(
                        pointer, "must have 1 to %d characters, not only blanks and no comma".formatted(LONGEST_TAG)));
                continue;
            }
            checkCharacters(pointer, tag, Character::isISOControl, errors);
            checked.add(tag.strip());
        }
        return List.copyOf(checked);
    }

    /** Half of a surrogate pair can be neither stored nor sent. */
    private static void checkCharacters(
            String pointer, String text, IntPredicate isForbidden, List<FieldError> errors) {
        if (text.codePoints().anyMatch(isForbidden)) {
            errors.add(new FieldError(pointer, "must not contain control characters"));
        }
        if (text.codePoints().anyMatch(character -> Character.getType(character) == Character.SURROGATE)) {
            errors.add(new FieldError(pointer, "must be valid Unicode; it contains half of a surrogate pair"));
        }
    }

    private static boolean isControlButNotLayout(int character) {
        return Character.isISOControl(character) && character != '\t' && character != '\n' && character != '\r';
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
