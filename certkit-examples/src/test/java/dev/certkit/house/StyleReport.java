package dev.certkit.house;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The meter's numbers beside their aims, and the few of them that are not a matter of taste. */
final class StyleReport {
    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_METHOD = 40;
    private static final int SHOWN = 12;

    private final StyleMeter meter;
    private final StringBuilder text = new StringBuilder();

    StyleReport(StyleMeter meter) {
        this.meter = meter;
    }

    /** What fails the build. */
    List<String> hardProblems() {
        List<String> problems = meter.files().stream()
                .filter(file -> file.lines() > LONGEST_FILE)
                .map(file -> file.where() + " has " + file.lines() + " lines, more than " + LONGEST_FILE)
                .collect(Collectors.toList());
        meter.methods().stream()
                .filter(method -> method.lines() > LONGEST_METHOD)
                .map(method -> method.where() + " has " + method.lines() + " lines, more than " + LONGEST_METHOD)
                .forEach(problems::add);
        meter.withoutComment().forEach(where -> problems.add(where + " is public and has no comment"));
        return problems;
    }

    /** The table, with where to look; judgement decides. */
    String table(long mainCode, long testCode) {
        lengths();
        parameters();
        types();
        comments();
        row("test code : code", ratio(testCode, mainCode) + " (" + testCode + " : " + mainCode + " lines)", ">= 1.3");
        return text.toString();
    }

    private void lengths() {
        List<Long> files =
                meter.files().stream().map(StyleMeter.FileSeen::lines).toList();
        row("file length, median", StyleMeter.percentile(files, 0.5), "<= 110");
        row("file length, longest", StyleMeter.percentile(files, 1), "<= " + LONGEST_FILE);
        List<Long> methods =
                meter.methods().stream().map(StyleMeter.MethodSeen::lines).toList();
        row("method length, 90 % at most", StyleMeter.percentile(methods, 0.9), "<= 15");
        row("method length, longest", StyleMeter.percentile(methods, 1), "<= " + LONGEST_METHOD);
        list(meter.methods().stream()
                .filter(method -> method.lines() > 30)
                .sorted(Comparator.comparingLong(StyleMeter.MethodSeen::lines).reversed())
                .map(method -> method.where() + " " + method.lines())
                .toList());
    }

    private void parameters() {
        List<StyleMeter.MethodSeen> seen =
                meter.methods().stream().filter(method -> !method.isPrivate()).toList();
        row("parameters, most (not private)", most(seen), "<= 4");
        list(where(seen.stream()
                .filter(method -> method.parameterTypes().size() > 4)
                .toList()));
        List<String> neighbours = where(seen.stream()
                .filter(StyleMeter.MethodSeen::hasNeighboursOfOneType)
                .toList());
        row("methods with neighbours of one type", neighbours.size(), "0");
        list(neighbours);
        List<String> flags =
                where(seen.stream().filter(StyleMeter.MethodSeen::hasFlag).toList());
        row("methods with a boolean flag", flags.size(), "0");
        list(flags);
    }

    private static int most(List<StyleMeter.MethodSeen> methods) {
        return methods.stream()
                .mapToInt(method -> method.parameterTypes().size())
                .max()
                .orElse(0);
    }

    private static List<String> where(List<StyleMeter.MethodSeen> methods) {
        return methods.stream()
                .map(method ->
                        method.where() + method.parameterTypes().stream().collect(Collectors.joining(", ", "(", ")")))
                .toList();
    }

    private void types() {
        Map<String, Long> publicTypes = meter.topLevelTypes().stream()
                .filter(StyleMeter.TypeSeen::isPublic)
                .collect(Collectors.groupingBy(StyleMeter.TypeSeen::packageName, TreeMap::new, Collectors.counting()));
        row(
                "public types in a package, most",
                publicTypes.values().stream().max(Comparator.naturalOrder()).orElse(0L),
                "<= 7");
        list(publicTypes.entrySet().stream()
                .filter(entry -> entry.getValue() > 7)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList());
        long hidden =
                meter.topLevelTypes().stream().filter(type -> !type.isPublic()).count();
        row(
                "package-private of all types",
                ratio(100 * hidden, meter.topLevelTypes().size()) + " %",
                ">= 40 %");
    }

    private void comments() {
        List<Long> words = meter.firstSentences().stream()
                .map(comment -> (long) comment.words())
                .toList();
        row("first sentence, median words", StyleMeter.percentile(words, 0.5), "");
        row("first sentence, most words", StyleMeter.percentile(words, 1), "<= 20");
        list(meter.firstSentences().stream()
                .filter(comment -> comment.words() > 20)
                .map(comment -> comment.where() + " " + comment.words())
                .toList());
        row("public members without a comment", meter.withoutComment().size(), "0");
    }

    private void row(String what, Object value, String aim) {
        text.append(String.format(Locale.ROOT, "%-38s %-24s %s%n", what, value, aim));
    }

    private void list(List<String> places) {
        places.stream()
                .limit(SHOWN)
                .forEach(place -> text.append("    ").append(place).append(System.lineSeparator()));
        if (places.size() > SHOWN) {
            text.append("    and ")
                    .append(places.size() - SHOWN)
                    .append(" more")
                    .append(System.lineSeparator());
        }
    }

    private static String ratio(long part, long whole) {
        return String.format(Locale.ROOT, "%.2f", whole == 0 ? 0 : (double) part / whole);
    }
}
