package dev.certkit.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** What main code must not do: touch the process's providers, read the wall clock, sleep, keep static state. */
final class SourceRules {
    private static final String CLOCK = "reads the wall clock; take a Clock";

    /** Owner's simple name and method to what is wrong with calling it. */
    private static final Map<String, String> BANNED_CALLS = Map.ofEntries(
            Map.entry("Security.addProvider", "changes the whole process"),
            Map.entry("Security.insertProviderAt", "changes the whole process"),
            Map.entry("Security.setProperty", "changes the whole process"),
            Map.entry("System.setProperty", "changes the whole process"),
            Map.entry("System.currentTimeMillis", CLOCK),
            Map.entry("System.nanoTime", CLOCK),
            Map.entry("Clock.systemDefaultZone", "depends on the machine's time zone; take Clock.systemUTC()"));

    private static final Set<String> WITHOUT_ARGUMENTS =
            Set.of("new Date", "new GregorianCalendar", "Calendar.getInstance");

    private static final Set<String> STATIC_IMPORT_OWNERS = Set.of(
            "java.lang.System", "java.lang.Thread", "java.security.Security", "java.time.Instant", "java.time.Clock");

    /** A deadline on a socket is measured by the monotonic clock, which no Clock gives. */
    private static final Set<String> MAY_MEASURE = Set.of("dev.certkit.diagnose", "dev.certkit.http");

    private static final Set<String> MUTABLE = Set.of(
            "ArrayList",
            "LinkedList",
            "ArrayDeque",
            "CopyOnWriteArrayList",
            "HashMap",
            "LinkedHashMap",
            "TreeMap",
            "ConcurrentHashMap",
            "ConcurrentSkipListMap",
            "WeakHashMap",
            "EnumMap",
            "HashSet",
            "LinkedHashSet",
            "TreeSet",
            "AtomicBoolean",
            "AtomicInteger",
            "AtomicLong",
            "AtomicReference",
            "LongAdder",
            "StringBuilder",
            "ThreadLocal");

    private SourceRules() {}

    /** One line for each offence, with file and line. */
    static List<String> problems(ParsedSources sources) {
        List<String> problems = new ArrayList<>();
        for (ParsedSources.Unit unit : sources.units()) {
            new Scanner(sources, unit, problems).scan(unit.tree(), null);
        }
        return problems;
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final ParsedSources sources;
        private final ParsedSources.Unit unit;
        private final List<String> problems;

        Scanner(ParsedSources sources, ParsedSources.Unit unit, List<String> problems) {
            this.sources = sources;
            this.unit = unit;
            this.problems = problems;
        }

        @Override
        public Void visitImport(ImportTree node, Void unused) {
            MemberSelectTree name = (MemberSelectTree) node.getQualifiedIdentifier();
            if (name.getIdentifier().contentEquals("*")) {
                report(node, "imports everything of " + name.getExpression());
            } else if (node.isStatic()
                    && STATIC_IMPORT_OWNERS.contains(name.getExpression().toString())) {
                report(node, "hides whose method it is: import static " + name);
            }
            return null;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree node, Void unused) {
            if (node.getMethodSelect() instanceof MemberSelectTree select) {
                call(
                        node,
                        select.getExpression(),
                        select.getIdentifier().toString(),
                        node.getArguments().isEmpty());
            }
            node.getArguments().stream()
                    .filter(argument -> argument instanceof LiteralTree text && "BC".equals(text.getValue()))
                    .forEach(argument -> report(node, "looks a provider up by its name; hand the instance over"));
            return super.visitMethodInvocation(node, unused);
        }

        @Override
        public Void visitMemberReference(MemberReferenceTree node, Void unused) {
            call(node, node.getQualifierExpression(), node.getName().toString(), true);
            return super.visitMemberReference(node, unused);
        }

        private void call(Tree node, ExpressionTree owner, String method, boolean withoutArguments) {
            String call = simpleName(owner) + "." + method;
            if (BANNED_CALLS.containsKey(call)
                    && !(call.equals("System.nanoTime") && MAY_MEASURE.contains(unit.packageName()))) {
                report(node, call + " " + BANNED_CALLS.get(call));
            } else if (method.equals("sleep")) {
                report(node, call + " sleeps; take the caller's ScheduledExecutorService");
            } else if (withoutArguments
                    && (WITHOUT_ARGUMENTS.contains(call)
                            || (method.equals("now") && Character.isUpperCase(call.charAt(0))))) {
                report(node, call + " " + CLOCK);
            }
        }

        @Override
        public Void visitNewClass(NewClassTree node, Void unused) {
            String made = "new " + simpleName(node.getIdentifier());
            if (node.getArguments().isEmpty() && WITHOUT_ARGUMENTS.contains(made)) {
                report(node, made + "() " + CLOCK);
            }
            return super.visitNewClass(node, unused);
        }

        @Override
        public Void visitVariable(VariableTree node, Void unused) {
            Tree owner = getCurrentPath().getParentPath().getLeaf();
            boolean inInterface = owner.getKind() == Tree.Kind.INTERFACE;
            Set<Modifier> modifiers = node.getModifiers().getFlags();
            if (owner instanceof ClassTree && (inInterface || modifiers.contains(Modifier.STATIC))) {
                if (!inInterface && !modifiers.contains(Modifier.FINAL)) {
                    report(node, "static and not final: " + node.getName());
                } else if (node.getInitializer() instanceof NewClassTree made
                        && MUTABLE.contains(simpleName(made.getIdentifier()))) {
                    report(node, "static and mutable: " + node.getName());
                }
            }
            return super.visitVariable(node, unused);
        }

        private void report(Tree node, String problem) {
            problems.add(unit.path() + ":" + sources.firstLine(unit, node) + ": " + problem);
        }

        /** The last part of a name, without type arguments. */
        private static String simpleName(Tree name) {
            String text = name.toString().replaceFirst("(?s)<.*", "");
            return text.substring(text.lastIndexOf('.') + 1);
        }
    }
}
