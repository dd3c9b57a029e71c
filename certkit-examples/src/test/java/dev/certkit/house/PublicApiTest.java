package dev.certkit.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PublicApiTest {
    @Nested
    class TheRealModules {
        /** After a wanted change: {@code mvn verify -Dcertkit.api=update}, and the new list is part of the review. */
        @Test
        void showWhatTheirListSays() throws IOException {
            for (House.Module module : House.libraries()) {
                Path list = module.directory().resolve("api.txt");
                String actual = ApiText.of(module);
                if ("update".equals(System.getProperty("certkit.api"))) {
                    Files.writeString(list, actual);
                }
                String expected = Files.exists(list) ? House.read(list) : "";
                if (!expected.equals(actual)) {
                    fail("certkit-" + module.name()
                            + "/api.txt is not the public API (-Dcertkit.api=update rewrites it):\n"
                            + String.join("\n", TextDifference.between(expected, actual)));
                }
            }
        }

        @Test
        void nameOnlyTypesThatUsersCanSee() {
            Set<String> visible = new TreeSet<>();
            House.libraries().forEach(module -> visible.addAll(ApiText.declaredIn(ApiText.of(module))));
            for (House.Module module : House.libraries()) {
                assertEquals(List.of(), ApiText.leaks(ApiText.of(module), visible));
            }
        }
    }

    @Nested
    class TheList {
        private final String text = ApiText.of(List.of(
                ApiSample.class,
                ApiSample.Visible.class,
                ApiSample.Hidden.class,
                ApiSample.Shape.class,
                ApiSample.Dot.class,
                ApiSample.Tone.class));

        @Test
        void holdsWhatUsersSeeAndNothingElse() {
            assertEquals("""
                    public static sealed interface dev.certkit.house.ApiSample$Shape permits dev.certkit.house.ApiSample$Dot
                        public abstract <T extends Comparable<T>> T fold(java.util.function.Function<? super byte[], T>)
                        public default String title()
                    """, ApiText.of(List.of(ApiSample.Shape.class)));
        }

        @Test
        void leavesOutWhatIsHidden() {
            assertFalse(text.contains("Hidden"), text);
            assertFalse(text.contains("secret"), text);
        }

        @Test
        void showsMethodsInheritedFromAHiddenParent() {
            assertTrue(
                    text.contains(
                            "    public org.bouncycastle.asn1.ASN1Sequence leak(String...) throws java.io.IOException\n"),
                    text);
        }

        @Test
        void namesKindsRecordsAndConstants() {
            assertTrue(text.contains("record dev.certkit.house.ApiSample$Dot implements"), text);
            assertTrue(text.contains("enum dev.certkit.house.ApiSample$Tone\n    HIGH\n    LOW\n"), text);
            assertFalse(text.contains("valueOf"), text);
        }

        @Test
        void isInTheOrderOfTheMembersNames() {
            String lines = ApiText.of(List.of(ApiSample.Dot.class));
            assertEquals(
                    List.of("Dot(int)", "fold", "x()"),
                    lines.lines()
                            .skip(1)
                            .map(line -> line.replaceFirst("^.*? (fold|\\w+\\(.*\\)).*$", "$1"))
                            .toList());
        }

        @Test
        void betraysBouncyCastleAndHiddenTypes() {
            List<String> leaks = ApiText.leaks(
                    "    public org.bouncycastle.asn1.ASN1Sequence leak()\n    public dev.certkit.x509.Secret$Inner open()\n"
                            + "    public dev.certkit.x509.Seen look()\n",
                    Set.of("dev.certkit.x509.Seen"));
            assertEquals(2, leaks.size(), leaks::toString);
            assertTrue(leaks.get(0).startsWith("Bouncy Castle"), leaks.get(0));
            assertTrue(leaks.get(1).startsWith("users cannot see dev.certkit.x509.Secret$Inner"), leaks.get(1));
        }

        @Test
        void declaresItsOwnTypes() {
            String api =
                    "public final class dev.certkit.x509.Name<T> implements java.util.List<T>\n    public void dev()\n";
            assertEquals(Set.of("dev.certkit.x509.Name"), ApiText.declaredIn(api));
        }
    }

    @Test
    void aDifferenceShowsItsTypeAndTheLines() {
        String before = "class A\n    one\n    two\n\nclass B\n    three\n";
        String after = "class A\n    one\n    2\n\nclass B\n    three\n    four\n";
        assertEquals(
                List.of("  class A", "-     two", "+     2", "  class B", "+     four"),
                TextDifference.between(before, after));
        assertEquals(List.of(), TextDifference.between(before, before));
        assertEquals(List.of("+ class A", "+     x"), TextDifference.between("", "class A\n    x\n"));
    }
}
