package dev.certkit.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StyleMeterTest {
    @Test
    void theRealModulesKeepTheHardLimits() {
        Set<String> exported = new TreeSet<>();
        House.libraries().forEach(module -> exported.addAll(module.exportedPackages()));
        List<House.Module> modules = House.all();
        Map<String, String> main =
                House.javaFiles(modules.stream().map(House.Module::mainSources).toList());
        Map<String, String> test =
                House.javaFiles(modules.stream().map(House.Module::testSources).toList());
        StyleReport report = new StyleReport(new StyleMeter(new ParsedSources(main), exported));
        System.out.println(report.table(codeLines(main.values()), codeLines(test.values())));
        assertEquals("", String.join("\n", report.hardProblems()));
    }

    private static long codeLines(Collection<String> texts) {
        return texts.stream().mapToLong(StyleMeter::codeLines).sum();
    }

    private static StyleMeter meter(String source) {
        return new StyleMeter(new ParsedSources(Map.of("A.java", "package p;\n" + source)), Set.of("p"));
    }

    private static List<String> hardProblems(String source) {
        return new StyleReport(meter(source)).hardProblems();
    }

    @Nested
    class TheHardLimits {
        @Test
        void aLongMethodFails() {
            String body = "        a();\n".repeat(39);
            assertEquals(
                    List.of("A.java:3 a has 41 lines, more than 40"),
                    hardProblems("class A {\n    void a() {\n" + body + "    }\n}\n"));
            assertEquals(
                    List.of(),
                    hardProblems("class A {\n    @Deprecated\n    void a() {\n" + body.substring(13) + "    }\n}\n"));
        }

        @Test
        void aLongFileFails() {
            assertEquals(
                    List.of("A.java has 401 lines, more than 400"),
                    hardProblems("class A {" + "\n".repeat(399) + "}\n"));
        }

        @Test
        void aVisibleMemberWithoutACommentFails() {
            List<String> problems = hardProblems("""
                    public class A {
                        public static final int ONE = 1;
                        protected A() {}
                        public void a() {}
                        /** Has one. */
                        public void b() {}
                        @Override public String toString() { return ""; }
                        void hidden() {}
                        public enum E { X }
                        /** Has one. */
                        public interface I { void m(); private void n() {} }
                        /** Has one. */
                        public record R(int x) { public R {} }
                        private static class P { public void q() {} }
                    }
                    """);
            assertEquals(
                    List.of("A", "ONE", "A", "a", "E", "X", "m"),
                    problems.stream().map(problem -> problem.split(" ")[1]).toList());
        }

        @Test
        void anInternalPackageNeedsNoComments() {
            StyleMeter meter = new StyleMeter(
                    new ParsedSources(Map.of("A.java", "package internal; public class A {}")), Set.of("p"));
            assertEquals(List.of(), meter.withoutComment());
        }
    }

    @Nested
    class TheNumbers {
        @Test
        void countTheWordsOfTheFirstSentence() {
            StyleMeter meter =
                    meter("/** Holds {@link java.util.Map maps} by {@code name}. More of it. */ public class A {}");
            assertEquals(5, meter.firstSentences().get(0).words());
        }

        @Test
        void seeNeighboursAndFlags() {
            List<StyleMeter.MethodSeen> methods = meter(
                            "class A { void a(int x, int y) {} void b(int x, String y, int z) {} void c(boolean d) {} }")
                    .methods();
            assertEquals(
                    List.of(true, false, false),
                    methods.stream()
                            .map(StyleMeter.MethodSeen::hasNeighboursOfOneType)
                            .toList());
            assertEquals(
                    List.of(false, false, true),
                    methods.stream().map(StyleMeter.MethodSeen::hasFlag).toList());
        }

        @Test
        void takeCodeForCode() {
            assertEquals(2, StyleMeter.codeLines("/**\n * Doc.\n */\nclass A {\n\n    // why\n}\n"));
        }

        @Test
        void readPercentiles() {
            assertEquals(9, StyleMeter.percentile(List.of(10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L), 0.9));
            assertEquals(2, StyleMeter.percentile(List.of(3L, 2L, 1L), 0.5));
            assertEquals(0, StyleMeter.percentile(List.of(), 0.5));
        }

        @Test
        void standBesideTheirAims() {
            String table = new StyleReport(meter("class A { void a(int x, int y) {} }")).table(10, 15);
            assertTrue(table.contains("test code : code") && table.contains("1.50 (15 : 10 lines)"), table);
            assertTrue(table.contains("    A.java:2 a(int, int)"), table);
        }
    }
}
