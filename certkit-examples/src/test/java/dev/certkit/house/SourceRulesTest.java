package dev.certkit.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRulesTest {
    @Test
    void theRealModulesKeepTheRules() {
        ParsedSources sources = new ParsedSources(House.javaFiles(
                House.libraries().stream().map(House.Module::mainSources).toList()));
        assertTrue(sources.units().size() > 10, () -> "only " + sources.units());
        assertEquals("", String.join("\n", SourceRules.problems(sources)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import java.util.*; class A {}",
                "import static java.util.Map.*; class A {}",
                "import static java.lang.Thread.sleep; class A {}",
                "class A { void a() { java.security.Security.addProvider(p); } }",
                "class A { void a() { Security.insertProviderAt(p, 1); } }",
                "class A { Object a() { return Instant.now(); } }",
                "class A { Object a() { return java.time.LocalDateTime.now(); } }",
                "class A { Supplier<Instant> a = Instant::now; }",
                "class A { LongSupplier a = System::nanoTime; }",
                "class A { void a() throws Exception { Thread.sleep(1); } }",
                "class A { void a() throws Exception { TimeUnit.SECONDS.sleep(1); } }",
                "class A { long a() { return System.currentTimeMillis(); } }",
                "class A { long a() { return System.nanoTime(); } }",
                "class A { Object a() { return new java.util.Date(); } }",
                "class A { Object a() { return Calendar.getInstance(); } }",
                "class A { Object a() { return Clock.systemDefaultZone(); } }",
                "class A { Object a() { return Cipher.getInstance(\"AES\", \"BC\"); } }",
                "class A { static int counter; }",
                "class A { private static final Map<String, String> CACHE = new java.util.HashMap<>(); }",
                "interface A { List<String> SEEN = new ArrayList<>(); }"
            })
    void anOffenceIsReported(String source) {
        List<String> problems = SourceRules.problems(new ParsedSources(Map.of("A.java", source)));
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("A.java:1: "), problems.get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import java.util.List; import static java.util.Map.entry; class A {}",
                "class A { /** Not Instant.now(). */ String a = \"Thread.sleep(1)\"; }",
                "class A { Object a(Clock clock) { return Instant.now(clock); } }",
                "class A { private final Clock clock = Clock.systemUTC(); Object a() { return clock.instant(); } }",
                "class A { private static final Map<String, String> NAMES = Map.of(); }",
                "class A { private int counter; void a() { int local = 0; } }",
                "enum A { ONE, TWO }",
                "package dev.certkit.http; class A { long deadline = System.nanoTime(); }",
                "record A(int one) { static A of(int one) { return new A(one); } }"
            })
    void whatIsAllowedPasses(String source) {
        assertEquals(List.of(), SourceRules.problems(new ParsedSources(Map.of("A.java", source))));
    }
}
