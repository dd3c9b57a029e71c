package dev.certkit.house;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The modules of this build, as they lie on disk. */
final class House {
    private House() {}

    record Module(String name) {
        Path directory() {
            return root().resolve("certkit-" + name);
        }

        Path mainSources() {
            return directory().resolve("src/main/java");
        }

        Path testSources() {
            return directory().resolve("src/test/java");
        }

        Path classes() {
            return directory().resolve("target/classes");
        }

        ModuleDescriptor descriptor() {
            try (InputStream in = Files.newInputStream(classes().resolve("module-info.class"))) {
                return ModuleDescriptor.read(in);
            } catch (IOException e) {
                throw new UncheckedIOException("certkit-" + name + " is not compiled, or has no module-info", e);
            }
        }

        /** The packages that everyone may import; a qualified export is not one. */
        Set<String> exportedPackages() {
            return descriptor().exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** The binary names of all classes of the module. */
        Set<String> classNames() {
            return files(classes(), ".class").stream()
                    .map(file -> classes().relativize(file).toString())
                    .map(file -> file.substring(0, file.length() - ".class".length()))
                    .filter(file -> !file.endsWith("-info"))
                    .map(file -> file.replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The modules that others depend on. */
    static List<Module> libraries() {
        return List.of(new Module("core"), new Module("scep"), new Module("store"));
    }

    static Module examples() {
        return new Module("examples");
    }

    static List<Module> all() {
        return Stream.concat(libraries().stream(), Stream.of(examples())).toList();
    }

    static Path root() {
        // surefire tells the module's directory; an editor may run tests from the root
        Path directory = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("certkit-core"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    static List<Path> files(Path directory, String suffix) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Java files below some directories: path from the root to text. */
    static TreeMap<String, String> javaFiles(List<Path> directories) {
        TreeMap<String, String> texts = new TreeMap<>();
        for (Path directory : directories) {
            for (Path file : files(directory, ".java")) {
                texts.put(root().relativize(file).toString(), read(file));
            }
        }
        return texts;
    }
}
