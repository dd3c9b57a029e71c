package dev.certkit.house;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** Asks the JDK's {@code jdeps} who really imports whom. */
final class Jdeps {
    private static final Pattern ARROW = Pattern.compile("^ +dev\\.certkit\\.(\\S+) +-> dev\\.certkit\\.(\\S+) .*$");
    private static final Pattern PACKAGE = Pattern.compile("^ +dev\\.certkit\\.(\\S+) +-> .*$");

    private Jdeps() {}

    /** The arrows between the packages of some modules; a package without any arrow has an empty set. */
    static Map<String, Set<String>> arrows(List<House.Module> modules, Path scratch) throws IOException {
        for (House.Module module : modules) {
            for (Path file : House.files(module.classes(), ".class")) {
                // with a module-info, jdeps would want every required module; packages are all we ask for
                if (!file.endsWith("module-info.class")) {
                    Path copy =
                            scratch.resolve(module.classes().relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        return parse(run("-verbose:package", "--ignore-missing-deps", scratch.toString()));
    }

    static Map<String, Set<String>> parse(String output) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        output.lines().forEach(line -> {
            Matcher source = PACKAGE.matcher(line);
            if (source.matches()) {
                arrows.computeIfAbsent(source.group(1), name -> new TreeSet<>());
            }
            Matcher arrow = ARROW.matcher(line);
            if (arrow.matches()) {
                arrows.get(arrow.group(1)).add(arrow.group(2));
            }
        });
        return arrows;
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        int exit = jdeps.run(new PrintWriter(out), new PrintWriter(out), arguments);
        if (exit != 0) {
            throw new AssertionError("jdeps failed: " + out);
        }
        return out.toString();
    }
}
