package dev.certkit.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Source files as the JDK's own compiler parses them, without resolving any name. */
final class ParsedSources {
    record Unit(String path, String text, CompilationUnitTree tree) {
        String packageName() {
            return tree.getPackageName() == null ? "" : tree.getPackageName().toString();
        }

        long lines() {
            return text.lines().count();
        }
    }

    private final List<Unit> units = new ArrayList<>();
    private final DocTrees trees;

    /**
     * Parses some files.
     *
     * @param texts path to text
     */
    ParsedSources(Map<String, String> texts) {
        List<Source> sources = new ArrayList<>();
        new TreeMap<>(texts).forEach((path, text) -> sources.add(new Source(path, text)));
        JavacTask task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, null, List.of("-proc:none"), null, sources);
        trees = DocTrees.instance(task);
        try {
            for (CompilationUnitTree tree : task.parse()) {
                String path = tree.getSourceFile().toUri().getPath().substring(1);
                units.add(new Unit(path, texts.get(path), tree));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Unit> units() {
        return units;
    }

    DocTrees trees() {
        return trees;
    }

    long firstLine(Unit unit, Tree tree) {
        return line(unit, trees.getSourcePositions().getStartPosition(unit.tree(), tree));
    }

    long lastLine(Unit unit, Tree tree) {
        return line(unit, trees.getSourcePositions().getEndPosition(unit.tree(), tree));
    }

    private static long line(Unit unit, long position) {
        return unit.tree().getLineMap().getLineNumber(position);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
