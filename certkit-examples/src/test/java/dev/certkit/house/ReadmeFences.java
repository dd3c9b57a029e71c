package dev.certkit.house;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the README's Java with compiled examples.
 *
 * <p>An example marks what is shown with {@code // tag::name} and {@code // end::name}; each Java fence is the text of one
 * such region, and each region is in the README. Indentation common to all lines does not count.
 */
final class ReadmeFences {
    record Fence(int line, String language, String text) {}

    private static final Pattern OPEN = Pattern.compile("^```(\\w*)\\s*$");
    private static final Pattern TAG = Pattern.compile("^\\s*// (tag|end)::([\\w-]+)\\s*$");

    private ReadmeFences() {}

    static List<Fence> fences(String readme) {
        List<Fence> fences = new ArrayList<>();
        List<String> lines = readme.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher open = OPEN.matcher(lines.get(i));
            if (open.matches()) {
                int end = i + 1;
                while (end < lines.size() && !lines.get(end).startsWith("```")) {
                    end++;
                }
                fences.add(new Fence(i + 1, open.group(1), unindented(lines.subList(i + 1, end))));
                i = end;
            }
        }
        return fences;
    }

    /** The marked regions of some sources, by name; a region without an end runs to the end of its file. */
    static Map<String, String> regions(Map<String, String> sources) {
        Map<String, String> regions = new TreeMap<>();
        sources.forEach((path, text) -> {
            Map<String, List<String>> open = new LinkedHashMap<>();
            for (String line : text.lines().toList()) {
                Matcher tag = TAG.matcher(line);
                if (!tag.matches()) {
                    open.values().forEach(region -> region.add(line));
                } else if (tag.group(1).equals("tag")) {
                    open.put(tag.group(2), new ArrayList<>());
                } else if (open.containsKey(tag.group(2))) {
                    regions.put(tag.group(2), unindented(open.remove(tag.group(2))));
                }
            }
            open.forEach((name, region) -> regions.put(name, unindented(region)));
        });
        return regions;
    }

    /** One entry for each Java fence that no region equals, and each region that no fence shows. */
    static List<String> problems(String readme, Map<String, String> regions) {
        List<String> problems = new ArrayList<>();
        Map<String, String> unseen = new TreeMap<>(regions);
        for (Fence fence : fences(readme)) {
            if (fence.language().equals("java") && !regions.containsValue(fence.text())) {
                problems.add("README.md:" + fence.line() + ": no example has this text; the nearest differs by\n"
                        + nearest(fence.text(), regions));
            }
            unseen.values().removeIf(fence.text()::equals);
        }
        unseen.keySet().forEach(name -> problems.add("README.md does not show the example region " + name));
        return problems;
    }

    private static String nearest(String text, Map<String, String> regions) {
        String best = "(there are no regions)";
        int fewest = Integer.MAX_VALUE;
        for (Map.Entry<String, String> region : regions.entrySet()) {
            List<String> changes = TextDifference.between(text, region.getValue());
            if (changes.size() < fewest) {
                fewest = changes.size();
                best = region.getKey() + ":\n" + String.join("\n", changes);
            }
        }
        return best;
    }

    private static String unindented(List<String> lines) {
        return String.join("\n", lines).stripIndent().strip();
    }
}
