package dev.certkit.house;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** Measures source files; what the numbers mean is not its business. */
final class StyleMeter {
    record MethodSeen(String where, long lines, List<String> parameterTypes, boolean isPrivate) {
        boolean hasNeighboursOfOneType() {
            return IntStream.range(1, parameterTypes.size())
                    .anyMatch(i -> parameterTypes.get(i).equals(parameterTypes.get(i - 1)));
        }

        boolean hasFlag() {
            return parameterTypes.contains("boolean");
        }
    }

    record TypeSeen(String where, String packageName, boolean isPublic) {}

    record CommentSeen(String where, int words) {}

    record FileSeen(String where, long lines) {}

    private final List<FileSeen> files = new ArrayList<>();
    private final List<MethodSeen> methods = new ArrayList<>();
    private final List<TypeSeen> topLevelTypes = new ArrayList<>();
    private final List<CommentSeen> firstSentences = new ArrayList<>();
    private final List<String> withoutComment = new ArrayList<>();

    /**
     * Measures some files.
     *
     * @param exported the packages whose visible members need a comment
     */
    StyleMeter(ParsedSources sources, Set<String> exported) {
        for (ParsedSources.Unit unit : sources.units()) {
            files.add(new FileSeen(unit.path(), unit.lines()));
            new Scanner(sources, unit, exported.contains(unit.packageName())).scan(unit.tree(), null);
        }
    }

    List<FileSeen> files() {
        return files;
    }

    List<MethodSeen> methods() {
        return methods;
    }

    List<TypeSeen> topLevelTypes() {
        return topLevelTypes;
    }

    List<CommentSeen> firstSentences() {
        return firstSentences;
    }

    /** The visible types and members of exported packages that have no comment; an overriding method needs none. */
    List<String> withoutComment() {
        return withoutComment;
    }

    /** The lines that are code: neither blank nor only comment. */
    static long codeLines(String text) {
        return text.replaceAll("(?s)/\\*.*?\\*/", "")
                .lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("//"))
                .count();
    }

    /** The value that this share of all values does not exceed; 0 if there are none. */
    static long percentile(List<Long> values, double share) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private final class Scanner extends TreePathScanner<Void, Void> {
        private final ParsedSources sources;
        private final ParsedSources.Unit unit;
        private final boolean exported;

        Scanner(ParsedSources sources, ParsedSources.Unit unit, boolean exported) {
            this.sources = sources;
            this.unit = unit;
            this.exported = exported;
        }

        @Override
        public Void visitClass(ClassTree node, Void unused) {
            if (getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree) {
                topLevelTypes.add(new TypeSeen(
                        where(node, node.getSimpleName()),
                        unit.packageName(),
                        node.getModifiers().getFlags().contains(Modifier.PUBLIC)));
            }
            if (node.getSimpleName().length() > 0) {
                comment(node, node.getSimpleName());
            }
            return super.visitClass(node, unused);
        }

        @Override
        public Void visitMethod(MethodTree node, Void unused) {
            ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            CharSequence name = node.getReturnType() == null ? owner.getSimpleName() : node.getName();
            if (node.getBody() != null) {
                // annotations and modifiers are no part of what one reads as the method
                Tree first = node.getReturnType() == null ? node.getBody() : node.getReturnType();
                methods.add(new MethodSeen(
                        where(node, name),
                        sources.lastLine(unit, node) - sources.firstLine(unit, first) + 1,
                        node.getParameters().stream()
                                .map(parameter -> parameter.getType().toString())
                                .collect(Collectors.toList()),
                        node.getModifiers().getFlags().contains(Modifier.PRIVATE)));
            }
            boolean overrides = node.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            if (!overrides && !isCanonical(node, owner)) {
                comment(node, name);
            }
            return super.visitMethod(node, unused);
        }

        /** Whether this is the constructor that the record's own comment describes. */
        private static boolean isCanonical(MethodTree method, ClassTree owner) {
            if (owner.getKind() != Tree.Kind.RECORD || method.getReturnType() != null) {
                return false;
            }
            List<String> components = owner.getMembers().stream()
                    .filter(member -> member instanceof VariableTree field
                            && !field.getModifiers().getFlags().contains(Modifier.STATIC))
                    .map(field -> ((VariableTree) field).getType().toString())
                    .toList();
            return components.equals(method.getParameters().stream()
                    .map(parameter -> parameter.getType().toString())
                    .toList());
        }

        @Override
        public Void visitVariable(VariableTree node, Void unused) {
            if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree owner
                    && owner.getKind() != Tree.Kind.RECORD) {
                comment(node, node.getName());
            }
            return super.visitVariable(node, unused);
        }

        private void comment(Tree node, CharSequence name) {
            if (!exported || !isVisible()) {
                return;
            }
            DocCommentTree comment = sources.trees().getDocCommentTree(getCurrentPath());
            if (comment == null) {
                withoutComment.add(where(node, name));
            } else {
                firstSentences.add(new CommentSeen(where(node, name), words(comment)));
            }
        }

        private static int words(DocCommentTree comment) {
            String text = comment.getFirstSentence().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining())
                    .replaceAll("\\{@\\w+\\s+([^}]*)}", "$1")
                    .strip();
            return text.isEmpty() ? 0 : text.split("\\s+").length;
        }

        /** Whether the member and all types around it are public or protected. */
        private boolean isVisible() {
            for (var path = getCurrentPath();
                    !(path.getLeaf() instanceof CompilationUnitTree);
                    path = path.getParentPath()) {
                Tree around = path.getParentPath().getLeaf();
                boolean implied = around.getKind() == Tree.Kind.INTERFACE;
                Set<Modifier> modifiers;
                if (path.getLeaf() instanceof ClassTree type) {
                    modifiers = type.getModifiers().getFlags();
                } else if (path.getLeaf() instanceof MethodTree method) {
                    modifiers = method.getModifiers().getFlags();
                } else if (path.getLeaf() instanceof VariableTree field) {
                    modifiers = field.getModifiers().getFlags();
                } else {
                    return false;
                }
                boolean open = modifiers.contains(Modifier.PUBLIC) || modifiers.contains(Modifier.PROTECTED);
                if (!open && (!implied || modifiers.contains(Modifier.PRIVATE))) {
                    return false;
                }
            }
            return true;
        }

        private String where(Tree node, CharSequence name) {
            return unit.path() + ":" + sources.firstLine(unit, node) + " " + name;
        }
    }
}
