package dev.certkit.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchitectureTest {
    @Nested
    class TheRealModules {
        @Test
        void useOnlyWhatThePlanAllows(@TempDir Path scratch) throws Exception {
            Map<String, Set<String>> actual = Jdeps.arrows(House.all(), scratch);
            assertTrue(actual.keySet().containsAll(Set.of("key", "x509", "internal.der")), () -> "seen: " + actual);
            assertEquals("", String.join("\n", Arrows.problems(actual)));
        }

        /** {@code requires static transitive} would make each modular user bring a jar that only compilers read. */
        @Test
        void demandOnlyBouncyCastleAndSlf4jOfAUsersModulePath() {
            for (House.Module module : House.libraries()) {
                for (Requires requires : module.descriptor().requires()) {
                    boolean expected = requires.modifiers().contains(Modifier.STATIC)
                            ? !requires.modifiers().contains(Modifier.TRANSITIVE)
                            : requires.name().matches("(java|dev\\.certkit|org\\.bouncycastle)\\..*|org\\.slf4j");
                    assertTrue(expected, () -> "certkit-" + module.name() + " has: requires " + requires);
                }
            }
        }
    }

    @Nested
    class ThePlan {
        @Test
        void allowsItsOwnArrowsAndTheInternalPackages() {
            assertEquals(
                    List.of(),
                    Arrows.problems(Map.of(
                            "internal.der", Set.of(),
                            "key", Set.of("internal.der"),
                            "x509", Set.of("key", "internal.der"),
                            "internal.x509", Set.of("x509", "key", "internal.der"),
                            "issue", Set.of("store", "identity", "internal.x509"),
                            "scep", Set.of("issue", "http"),
                            "examples.readme", Set.of("scep", "renew"))));
        }

        @Test
        void refusesAnotherArrow() {
            List<String> problems = Arrows.problems(Map.of("trust", Set.of("store")));
            assertEquals(1, problems.size());
            assertTrue(problems.get(0).startsWith("trust -> store is not allowed"), problems.get(0));
        }

        @Test
        void keepsTheCodecsFromWhatLiesBelowThem() {
            for (String below : List.of("key", "x509", "http", "internal.der")) {
                assertEquals(
                        1,
                        Arrows.problems(Map.of(below, Set.of("internal.x509"))).size(),
                        below);
            }
        }

        @Test
        void keepsRenewalOutOfScepAndEveryoneOutOfThePrograms() {
            assertEquals(
                    2,
                    Arrows.problems(Map.of("scep", Set.of("renew", "expiry"))).size());
            assertEquals(1, Arrows.problems(Map.of("store", Set.of("examples"))).size());
        }

        @Test
        void knowsNoOtherPackage() {
            assertEquals(List.of("misc is not in the plan of the house"), Arrows.problems(Map.of("misc", Set.of())));
        }

        @Test
        void findsACycleAmongPrograms() {
            assertEquals(
                    List.of("cycle: examples.a -> examples.b -> examples.c -> examples.a"),
                    Arrows.problems(Map.of(
                            "examples.a", Set.of("examples.b"),
                            "examples.b", Set.of("examples.c"),
                            "examples.c", Set.of("examples.a"))));
        }
    }

    @Test
    void arrowsAreReadFromWhatJdepsPrints() {
        String printed = """
                classes -> java.base
                   dev.certkit.key            -> dev.certkit.internal.der     classes
                   dev.certkit.key            -> java.lang                    java.base
                   dev.certkit.internal.der   -> java.lang                    java.base
                """;
        assertEquals(Map.of("key", Set.of("internal.der"), "internal.der", Set.of()), Jdeps.parse(printed));
    }
}
