package dev.certkit.examples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command line: words, and options that each take a value. */
final class Arguments {
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    private Arguments() {}

    /** The command line is wrong; the message says how. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static Arguments parse(List<String> line) throws UsageException {
        Arguments arguments = new Arguments();
        for (int i = 0; i < line.size(); i++) {
            String word = line.get(i);
            if (!word.startsWith("--")) {
                arguments.words.add(word);
            } else if (i + 1 == line.size()) {
                throw new UsageException("the option " + word + " needs a value");
            } else if (arguments.options.put(word, line.get(++i)) != null) {
                throw new UsageException("the option " + word + " is given twice");
            }
        }
        return arguments;
    }

    String word(int index, String what) throws UsageException {
        if (index >= words.size()) {
            throw new UsageException(what + " is missing");
        }
        return words.get(index);
    }

    /** All words from one on. */
    List<String> words(int from) {
        return words.subList(Math.min(from, words.size()), words.size());
    }

    Optional<String> option(String name) {
        asked.add(name);
        return Optional.ofNullable(options.get(name));
    }

    String required(String name) throws UsageException {
        return option(name).orElseThrow(() -> new UsageException("the option " + name + " is missing"));
    }

    /** One of the constants of an enum. */
    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) throws UsageException {
        Optional<String> given = option(name);
        return given.isEmpty() ? Optional.empty() : Optional.of(constant(name, given.get(), type));
    }

    /** Constants of an enum with commas between them. */
    <E extends Enum<E>> List<E> choices(String name, Class<E> type) throws UsageException {
        List<E> constants = new ArrayList<>();
        Optional<String> given = option(name);
        if (given.isPresent()) {
            for (String each : given.get().split(",", -1)) {
                constants.add(constant(name, each, type));
            }
        }
        return constants;
    }

    private static <E extends Enum<E>> E constant(String name, String value, Class<E> type) throws UsageException {
        List<E> constants = List.of(type.getEnumConstants());
        return constants.stream()
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new UsageException("the option " + name + " is " + value + ", but must be one of "
                        + constants.stream().map(Enum::name).toList()));
    }

    Optional<Integer> number(String name) throws UsageException {
        Optional<String> given = option(name);
        try {
            return given.map(Integer::valueOf);
        } catch (NumberFormatException e) {
            throw new UsageException("the option " + name + " is " + given.orElse("") + ", but must be a number");
        }
    }

    static int number(String text, String what) throws UsageException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException(what + " is " + text + ", but must be a number");
        }
    }

    /** Nothing may be left that the command did not ask for. */
    void end(int wordsUsed) throws UsageException {
        if (words.size() > wordsUsed) {
            throw new UsageException("too many words: " + words.subList(wordsUsed, words.size()));
        }
        for (String name : options.keySet()) {
            if (!asked.contains(name)) {
                throw new UsageException("the option " + name + " is not known to this command");
            }
        }
    }
}
