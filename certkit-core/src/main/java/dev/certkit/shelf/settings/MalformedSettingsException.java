package dev.certkit.shelf.settings;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A document of settings cannot be taken; nothing was changed. */
public final class MalformedSettingsException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 10;

    private final transient List<Problem> problems;

    MalformedSettingsException(List<Problem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * One thing that is wrong.
     *
     * @param line where it begins, counted from 1
     * @param parameter its name as it stands there, safe to print; empty if there is none
     * @param text what is wrong and what is allowed; never the value
     */
    public record Problem(int line, String parameter, String text) {
        /** Line, parameter and text. */
        @Override
        public String toString() {
            return "line " + line + (parameter.isEmpty() ? "" : ", " + parameter) + ": " + text;
        }
    }

    private static String text(List<Problem> problems) {
        return problems.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("; "))
                + (problems.size() > SHOWN ? "; and " + (problems.size() - SHOWN) + " more" : "")
                + "; correct the document and import it again";
    }

    /** All that is wrong, in the order of the lines; not modifiable. */
    public List<Problem> problems() {
        return problems;
    }
}
