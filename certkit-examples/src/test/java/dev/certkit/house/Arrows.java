package dev.certkit.house;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who imports whom, and who may: package name to package names, without the leading {@code dev.certkit.}. */
final class Arrows {
    private static final String DER = "internal.der";
    private static final String TEXT = "internal.text";
    private static final String DISK = "internal.disk";
    private static final String SEAL = "internal.seal";
    private static final Set<String> BOTTOM = Set.of(DER, TEXT);
    private static final String CODECS = "internal.x509";

    /** The plan of the house; {@link #mayUse} adds the internal packages. */
    private static final Map<String, Set<String>> PLAN = Map.ofEntries(
            Map.entry(DER, Set.of()),
            Map.entry(TEXT, Set.of()),
            Map.entry(DISK, Set.of()),
            Map.entry(SEAL, Set.of("key", "format")),
            Map.entry("key", Set.of()),
            Map.entry("x509", Set.of("key")),
            Map.entry(CODECS, Set.of("x509", "key")),
            Map.entry("lint", Set.of("x509", "key")),
            Map.entry("format", Set.of("key", "x509")),
            Map.entry("http", Set.of("key")),
            Map.entry("identity", Set.of("x509", "key", "format")),
            Map.entry("aia", Set.of("identity", "format", "http", "x509")),
            Map.entry("issue", Set.of("identity", "x509", "format", "key", "store")),
            Map.entry("trust", Set.of("identity", "x509", "key")),
            Map.entry("revocation", Set.of("trust", "http", "x509", "key")),
            Map.entry("tls", Set.of("trust", "identity", "x509", "key")),
            Map.entry("diagnose", Set.of("tls", "trust", "identity", "x509", "format", "lint")),
            Map.entry("store", Set.of("x509", "key")),
            Map.entry("shelf", Set.of("store", "identity", "x509", "format", "key", SEAL)),
            Map.entry("shelf.settings", Set.of("store", "x509", "format", "key", SEAL)),
            Map.entry("shelf.trust", Set.of("store", "trust", "identity", "x509", "format", "key")),
            Map.entry("expiry", Set.of("shelf", "store", "identity", "x509")),
            Map.entry("renew", Set.of("shelf", "store", "issue", "identity", "key", "x509")),
            Map.entry(
                    "scep",
                    Set.of("key", "x509", "format", "http", "identity", "issue", "trust", "tls", "diagnose", "store")),
            Map.entry("store.file", Set.of("shelf", "store", "identity", "trust", "x509", "format", "key", DISK)),
            Map.entry(
                    "store.keystore",
                    Set.of("shelf", "shelf.trust", "store", "identity", "trust", "x509", "format", "key", DISK)),
            Map.entry("store.jdbc", Set.of("store", "identity", "trust", "x509", "format", "key")),
            Map.entry("fleet", Set.of("shelf", "store", "identity", "x509", "issue", "expiry")));

    private Arrows() {}

    /** One line for each arrow that is not in the plan, each package that is unknown, and each cycle. */
    static List<String> problems(Map<String, ? extends Set<String>> actual) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(actual).forEach((from, targets) -> {
            if (!isProgram(from) && !PLAN.containsKey(from)) {
                problems.add(from + " is not in the plan of the house");
                return;
            }
            for (String to : new TreeSet<>(targets)) {
                if (!from.equals(to) && !allowed(from, to)) {
                    problems.add(from + " -> " + to + " is not allowed; " + from + " may use " + mayUse(from));
                }
            }
        });
        problems.addAll(cycles(actual));
        return problems;
    }

    private static boolean allowed(String from, String to) {
        return isProgram(from) || mayUse(from).contains(to);
    }

    private static boolean isProgram(String name) {
        return name.equals("examples") || name.startsWith("examples.");
    }

    private static SortedSet<String> mayUse(String from) {
        SortedSet<String> allowed = new TreeSet<>(PLAN.get(from));
        if (!BOTTOM.contains(from)) {
            allowed.addAll(BOTTOM);
        }
        if (allowed.contains("x509") && !from.equals(CODECS)) {
            allowed.add(CODECS);
        }
        return allowed;
    }

    /** Each cycle once, as the walk that finds it. */
    static List<String> cycles(Map<String, ? extends Set<String>> arrows) {
        List<String> cycles = new ArrayList<>();
        Set<String> done = new LinkedHashSet<>();
        for (String start : new TreeSet<>(arrows.keySet())) {
            walk(start, arrows, new LinkedHashSet<>(), done, cycles);
        }
        return cycles;
    }

    private static void walk(
            String at,
            Map<String, ? extends Set<String>> arrows,
            LinkedHashSet<String> trail,
            Set<String> done,
            List<String> cycles) {
        if (trail.contains(at)) {
            List<String> steps = new ArrayList<>(trail);
            cycles.add("cycle: " + String.join(" -> ", steps.subList(steps.indexOf(at), steps.size())) + " -> " + at);
            return;
        }
        if (done.contains(at)) {
            return;
        }
        trail.add(at);
        Set<String> targets = arrows.containsKey(at) ? arrows.get(at) : Set.of();
        for (String to : new TreeSet<>(targets)) {
            if (!to.equals(at)) {
                walk(to, arrows, trail, done, cycles);
            }
        }
        trail.remove(at);
        done.add(at);
    }
}
