package dev.certkit.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Nested
    class TheRealReadme {
        private final String readme = House.read(House.root().resolve("README.md"));

        @Test
        void showsWhatTheExamplesCompile() {
            Map<String, String> regions = ReadmeFences.regions(
                    House.javaFiles(List.of(House.examples().mainSources())));
            assertFalse(regions.isEmpty());
            assertEquals("", String.join("\n", ReadmeFences.problems(readme, regions)));
        }

        @Test
        void isAShortStaircase() {
            assertTrue(readme.lines().count() <= 200, () -> readme.lines().count() + " lines, more than 200");
            int first = ReadmeFences.fences(readme).get(0).line();
            assertTrue(first <= 12, () -> "the first snippet stands in line " + first);
        }

        /** The continuous integration runs these two lines as they stand. */
        @Test
        void namesTheQuickStartAndThenTheTests() {
            List<String> commands =
                    readme.lines().filter(line -> line.startsWith("mvn ")).toList();
            assertTrue(commands.size() >= 2, commands::toString);
            assertEquals("mvn -q test-compile exec:exec", commands.get(0));
            assertEquals("mvn -B verify", commands.get(1));
        }
    }

    @Nested
    class TheComparison {
        private final Map<String, String> regions = ReadmeFences.regions(Map.of("A.java", """
                class A {
                    // tag::one
                    void one() {
                        two();
                    }
                    // end::one

                    // tag::two
                    int two = 2;
                    // end::two
                }
                """));

        @Test
        void passesIfFencesAndRegionsAgree() {
            String readme =
                    "# t\n```java\nvoid one() {\n    two();\n}\n```\ntext\n```java\nint two = 2;\n```\n```sh\nmvn\n```\n";
            assertEquals(List.of(), ReadmeFences.problems(readme, regions));
        }

        @Test
        void showsTheLineThatDiffers() {
            String readme = "```java\nvoid one() {\n    three();\n}\n```\n```java\nint two = 2;\n```\n";
            List<String> problems = ReadmeFences.problems(readme, regions);
            assertEquals(2, problems.size(), problems::toString);
            assertTrue(problems.get(0).startsWith("README.md:1: "), problems.get(0));
            assertTrue(problems.get(0).contains("-     three();\n+     two();"), problems.get(0));
            assertEquals("README.md does not show the example region one", problems.get(1));
        }

        @Test
        void keepsInnerTagsOutOfTheText() {
            String source = "// tag::all\na();\n// tag::part\nb();\n// end::part\n// end::all\n";
            assertEquals(Map.of("all", "a();\nb();", "part", "b();"), ReadmeFences.regions(Map.of("A.java", source)));
        }
    }
}
