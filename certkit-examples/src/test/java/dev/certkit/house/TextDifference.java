package dev.certkit.house;

import java.util.ArrayList;
import java.util.List;

/** The lines that two texts do not share, for a failure that can be read. */
final class TextDifference {
    private TextDifference() {}

    /** Lines gone ("- ") and new ("+ ") in order, each change under the nearest unindented line above it ("  "). */
    static List<String> between(String before, String after) {
        List<String> a = before.lines().toList();
        List<String> b = after.lines().toList();
        int[][] common = commonTails(a, b);
        List<String> changes = new ArrayList<>();
        String shown = "";
        String heading = "";
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            boolean same = i < a.size() && j < b.size() && a.get(i).equals(b.get(j));
            boolean gone = !same && (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1]));
            String line = gone || same ? a.get(i) : b.get(j);
            if (!line.isBlank() && !line.startsWith(" ")) {
                heading = line;
            }
            if (!same) {
                if (!heading.equals(shown) && !heading.equals(line)) {
                    changes.add("  " + heading);
                }
                shown = heading;
                changes.add((gone ? "- " : "+ ") + line);
            }
            i += gone || same ? 1 : 0;
            j += gone ? 0 : 1;
        }
        return changes;
    }

    private static int[][] commonTails(List<String> a, List<String> b) {
        int[][] common = new int[a.size() + 2][b.size() + 2];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
