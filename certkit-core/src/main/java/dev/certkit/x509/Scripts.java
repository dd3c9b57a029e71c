package dev.certkit.x509;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whether a label is written in one script, as people read it: "highly restrictive" of Unicode TS 39, 5.2. */
final class Scripts {
    private static final Set<UnicodeScript> JAPANESE =
            Set.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);

    private static final List<Set<UnicodeScript>> USUAL = List.of(
            JAPANESE,
            Set.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
            Set.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

    private Scripts() {}

    static boolean areMixed(String label) {
        EnumSet<UnicodeScript> found = EnumSet.noneOf(UnicodeScript.class);
        label.codePoints().forEach(c -> found.add(UnicodeScript.of(c)));
        found.remove(UnicodeScript.COMMON);
        found.remove(UnicodeScript.INHERITED);
        return found.size() > 1 && USUAL.stream().noneMatch(usual -> usual.containsAll(found));
    }
}
