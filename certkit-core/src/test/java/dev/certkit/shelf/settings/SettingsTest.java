package dev.certkit.shelf.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.key.Passphrase;
import dev.certkit.shelf.settings.MalformedSettingsException.Problem;
import dev.certkit.store.InMemoryStorage;
import dev.certkit.store.Shelf;
import dev.certkit.store.Storage;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G9")
class SettingsTest {
    private static final Parameter URL = Parameter.text("scep.url", 200);
    private static final Parameter TIMEOUT = Parameter.number("scep.timeout-seconds", 1, 600);
    private static final Passphrase SEAL = Passphrase.of("of the device");

    private final Storage storage = InMemoryStorage.empty();
    private final Settings settings = opened(storage);

    private static Settings opened(Storage storage) {
        return Settings.in(storage).knowing(URL, TIMEOUT).sealedUnder(SEAL);
    }

    private static String password(SettingValues values) {
        return values.digestPassword()
                .map(password -> password.use(chars -> new String(chars)))
                .orElse("none");
    }

    private String stored() throws IOException {
        return new String(
                storage.find(Shelf.of("settings").name("device"))
                        .orElseThrow()
                        .content()
                        .payload(),
                UTF_8);
    }

    private List<Problem> problems(SettingsImport draft) {
        return assertThrows(MalformedSettingsException.class, draft::apply).problems();
    }

    @Test
    void areOffAndEmptyBeforeAnybodySetsThem() throws Exception {
        assertFalse(settings.current().acceptsAllCertificates());
        assertEquals(Optional.empty(), settings.current().digestUser());
        assertEquals("none", password(settings.current()));
        assertEquals(OptionalLong.empty(), settings.current().number(TIMEOUT));
        assertEquals(0, settings.current().version());
    }

    @Nested
    class AChange {
        @Test
        void isStoredAsOneRecordAndReadByOthers() throws Exception {
            settings.change(now -> now.with(Parameter.ACCEPT_ALL_CERTIFICATES, "1")
                    .with(Parameter.DIGEST_USER, "J\u00E4s\u00F8n = \\ #1")
                    .with(Parameter.DIGEST_PASSWORD, Passphrase.of(" p\u00E4ss : "))
                    .with(TIMEOUT, "30"));
            SettingValues read = opened(storage).current();
            assertTrue(read.acceptsAllCertificates());
            assertEquals(Optional.of("J\u00E4s\u00F8n = \\ #1"), read.digestUser());
            assertEquals(" p\u00E4ss : ", password(read));
            assertEquals(OptionalLong.of(30), read.number(TIMEOUT));
            assertEquals(1, read.version());
        }

        @Test
        void keepsSecretsSealed() throws Exception {
            settings.change(now -> now.with(Parameter.DIGEST_USER, "mufasa").with(Parameter.DIGEST_PASSWORD, "hakuna"));
            assertTrue(stored().contains("http-digest.username=mufasa\n"), () -> "it is: " + storage);
            assertFalse(stored().contains("hakuna"), () -> "it is: " + storage);
            assertFalse(stored().contains("http-digest.password"), () -> "it is: " + storage);
            Settings wrong = Settings.in(storage).knowing(URL, TIMEOUT).sealedUnder(Passphrase.of("another"));
            IOException failure = assertThrows(IOException.class, wrong::current);
            assertTrue(failure.getMessage().contains("the passphrase is wrong"), failure::getMessage);
        }

        @Test
        void keepsSecretsInClearOnlyWhereThatIsSaid() throws Exception {
            Settings clear = Settings.in(storage).unencrypted();
            clear.change(now -> now.with(Parameter.DIGEST_PASSWORD, "hakuna"));
            assertTrue(stored().contains("http-digest.password=hakuna\n"));
            assertEquals("hakuna", password(Settings.in(storage).unencrypted().current()));
        }

        @Test
        void isToldToListenersWithBeforeAndAfter() throws Exception {
            List<Settings.Change> told = new ArrayList<>();
            settings.onChange(told::add);
            settings.change(now -> now.with(TIMEOUT, "30"));
            settings.change(now -> now.with(TIMEOUT, "30"));
            settings.change(now -> now.without(TIMEOUT));
            assertEquals(2, told.size());
            assertEquals(OptionalLong.of(30), told.get(0).after().number(TIMEOUT));
            assertEquals(OptionalLong.of(30), told.get(1).before().number(TIMEOUT));
            assertEquals(2, settings.current().version());
        }

        @Test
        void ofAnotherProcessIsToldWhenItIsLookedFor() throws Exception {
            List<Settings.Change> told = new ArrayList<>();
            settings.refresh();
            settings.onChange(told::add);
            opened(storage).change(now -> now.with(TIMEOUT, "45"));
            assertEquals(0, told.size());
            settings.refresh();
            settings.refresh();
            assertEquals(1, told.size());
            assertEquals(OptionalLong.of(45), told.get(0).after().number(TIMEOUT));
        }

        @Test
        void isStoredThoughAListenerFails() throws Exception {
            List<Settings.Change> told = new ArrayList<>();
            settings.onChange(change -> {
                throw new IllegalStateException("broken");
            });
            settings.onChange(told::add);
            settings.change(now -> now.with(TIMEOUT, "30"));
            assertEquals(1, told.size());
            assertEquals(OptionalLong.of(30), settings.current().number(TIMEOUT));
        }

        @Test
        void isNotLostAmongMany() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<SettingValues>> coming = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    coming.add(threads.submit(() -> settings.change(now ->
                            now.with(TIMEOUT, Long.toString(now.number(TIMEOUT).orElse(0) + 1)))));
                }
                for (Future<SettingValues> each : coming) {
                    each.get();
                }
            } finally {
                threads.shutdownNow();
            }
            assertEquals(OptionalLong.of(8), settings.current().number(TIMEOUT));
            assertEquals(8, settings.current().version());
        }

        @Test
        void toAValueThatIsNotAllowedIsACallersMistakeWithoutTheValue() throws Exception {
            SettingValues now = settings.current();
            for (String value : List.of("", "x".repeat(75), "a\nb")) {
                IllegalArgumentException mistake =
                        assertThrows(IllegalArgumentException.class, () -> now.with(Parameter.DIGEST_PASSWORD, value));
                assertEquals(
                        "value: of http-digest.password, it must have 1 to 74 characters and no control characters",
                        mistake.getMessage());
            }
            assertThrows(IllegalArgumentException.class, () -> now.with(Parameter.ACCEPT_ALL_CERTIFICATES, "yes"));
            assertThrows(IllegalArgumentException.class, () -> now.with(TIMEOUT, "601"));
            assertThrows(IllegalArgumentException.class, () -> now.with(Parameter.flag("unheard-of"), "1"));
            assertThrows(IllegalArgumentException.class, () -> now.text(Parameter.DIGEST_PASSWORD));
        }

        @Test
        void isNeverPrintedWithItsValues() throws Exception {
            SettingValues now = settings.change(each -> each.with(Parameter.DIGEST_PASSWORD, "hakuna"));
            assertEquals("version 1, set are [http-digest.password]", now.toString());
            assertFalse(settings.toString().contains("hakuna"));
        }
    }

    @Nested
    class ADocument {
        @Test
        void setsWhatItNamesAndUnsetsWhatItEmpties() throws Exception {
            settings.change(now -> now.with(TIMEOUT, "30").with(URL, "http://ca.example.fr/"));
            SettingsImport.Result result = settings.importing("""
                    ! provisioning of building 7
                    accept-all-certificates = 1
                    S_PROV_USERNAME: mufasa
                    S_PROV_PASSWORD=haku\\
                        na
                    scep.url=
                    """).apply();
            assertTrue(result.values().acceptsAllCertificates());
            assertEquals(Optional.of("mufasa"), result.values().digestUser());
            assertEquals("hakuna", password(result.values()));
            assertEquals(Optional.empty(), result.values().text(URL));
            assertEquals(OptionalLong.of(30), result.values().number(TIMEOUT));
            assertEquals(result.values(), opened(storage).current());
        }

        @Test
        void withMistakesNamesEachByLineAndParameterAndChangesNothing() throws Exception {
            List<Problem> problems = problems(settings.importing("""
                    accept-all-certificates=yes
                    # fine:
                    http-digest.username=mufasa
                    http-digest.username=scar
                    secret without a separator
                    scep.timeout-seconds=\\u12x4
                    scep.url=\\
                    """ + "x".repeat(201)
                    + "\ncertkit.hidden=1\nS_PROV_USERNAME=simba\nscep.timeout-seconds=0\nlast=\\"));
            assertEquals(
                    List.of(
                            "line 4, http-digest.username: it stood in an earlier line already",
                            "line 5: there is no = after the name of the parameter",
                            "line 6: a backslash and u are not followed by four hexadecimal digits",
                            "line 12: the document ends where a line should go on",
                            "line 1, accept-all-certificates: it must be 0 or 1",
                            "line 7, scep.url: it must have 1 to 200 characters and no control characters",
                            "line 9, certkit.hidden: there is no parameter of this name",
                            "line 10, S_PROV_USERNAME: it stands there twice, once by another name",
                            "line 11, scep.timeout-seconds: it must be a whole number from 1 to 600"),
                    problems.stream().map(Problem::toString).toList());
            assertEquals(0, settings.current().version());
        }

        @Test
        void withUnknownParametersReportsAndIgnoresThem() throws Exception {
            SettingsImport.Result result = settings.importing("b.new=1\na.new=x\nscep.timeout-seconds=9")
                    .apply();
            assertEquals(List.of("a.new", "b.new"), result.unknown());
            assertEquals(List.of(), result.values().unknown());
            assertEquals(OptionalLong.of(9), result.values().number(TIMEOUT));
        }

        @Test
        void withUnknownParametersKeepsThemSealedForALaterVersion() throws Exception {
            settings.importing("b.password=geheim").keepingUnknown().apply();
            assertEquals(List.of("b.password"), opened(storage).current().unknown());
            assertFalse(stored().contains("geheim"));
            assertFalse(settings.export().contains("geheim"));
            Settings later = Settings.in(storage)
                    .knowing(URL, TIMEOUT, Parameter.secret("b.password", 74))
                    .sealedUnder(SEAL);
            assertTrue(
                    later.current().secret(Parameter.secret("b.password", 74)).isPresent());
        }

        @Test
        void withUnknownParametersIsRefusedWhereThatIsWanted() throws Exception {
            assertEquals(
                    List.of(new Problem(2, "a.new", "there is no parameter of this name")),
                    problems(settings.importing("scep.timeout-seconds=9\na.new=x")
                            .refusingUnknown()));
            assertEquals(OptionalLong.empty(), settings.current().number(TIMEOUT));
        }

        @Test
        void ofMonstrousLengthIsRefused() {
            assertEquals(
                    1, problems(settings.importing("a=" + "b".repeat(300_000))).size());
        }
    }

    @Tag("S13")
    @Nested
    class AnExport {
        private void set() throws IOException {
            settings.change(now -> now.with(Parameter.DIGEST_USER, "J\u00E4s\u00F8n \u4E2D # = :")
                    .with(Parameter.DIGEST_PASSWORD, "hakuna")
                    .with(URL, " http://ca.example.fr/?a=b#c\\d"));
        }

        @Test
        void hasNoSecretAndIsReadByJavasOwnReader() throws Exception {
            set();
            Properties read = new Properties();
            read.load(new StringReader(settings.export()));
            assertEquals("J\u00E4s\u00F8n \u4E2D # = :", read.getProperty("http-digest.username"));
            assertEquals(" http://ca.example.fr/?a=b#c\\d", read.getProperty("scep.url"));
            assertEquals(3, read.size());
            assertFalse(settings.export().contains("hakuna"));
        }

        @Test
        void carriesSecretsUnderAPassphrase() throws Exception {
            set();
            Passphrase passphrase = Passphrase.of("of the journey");
            String document = settings.export(passphrase);
            assertFalse(document.contains("hakuna"));
            Settings other = opened(InMemoryStorage.empty());
            assertEquals(
                    List.of(new Problem(5, "certkit.sealed", "the secrets are sealed; give the passphrase")),
                    problems(other.importing(document)));
            assertEquals(
                    List.of(new Problem(5, "certkit.sealed", "the passphrase is wrong, or the document is damaged")),
                    problems(other.importing(document).openedWith(Passphrase.of("wrong"))));
            SettingValues taken =
                    other.importing(document).openedWith(passphrase).apply().values();
            assertTrue(taken.says(settings.current()));
            assertEquals("hakuna", password(taken));
        }

        @Test
        void underAnEmptyPassphraseIsRefused() {
            assertThrows(IllegalArgumentException.class, () -> settings.export(Passphrase.of("")));
            assertThrows(
                    IllegalArgumentException.class, () -> Settings.in(storage).sealedUnder(Passphrase.of("")));
        }
    }

    @Tag("W10")
    @Nested
    class AFollower {
        private final Passphrase passphrase = Passphrase.of("of the fleet");
        private final Settings follower = opened(InMemoryStorage.empty());

        private SettingsImport.Result follow() throws IOException {
            return follower.importing(settings.export(passphrase))
                    .openedWith(passphrase)
                    .fromMaster()
                    .apply();
        }

        @Test
        void takesWhatIsNewerAndNothingElse() throws Exception {
            settings.change(now -> now.with(TIMEOUT, "30").with(Parameter.DIGEST_PASSWORD, "hakuna"));
            String old = settings.export(passphrase);
            settings.change(now -> now.without(TIMEOUT).with(URL, "http://ca.example.fr/"));
            assertTrue(follow().isTaken());
            assertEquals(settings.current(), follower.current());
            assertFalse(follow().isTaken());
            SettingsImport.Result again =
                    follower.importing(old).openedWith(passphrase).fromMaster().apply();
            assertFalse(again.isTaken());
            assertEquals(settings.current(), again.values());
        }

        @Test
        void keepsItsOwnSecretsWhereTheMasterSendsNone() throws Exception {
            follower.change(now -> now.with(Parameter.DIGEST_PASSWORD, "own"));
            settings.change(now -> now.with(Parameter.DIGEST_PASSWORD, "hakuna").with(TIMEOUT, "1"));
            settings.change(now -> now.with(TIMEOUT, "2"));
            assertTrue(
                    follower.importing(settings.export()).fromMaster().apply().isTaken());
            assertEquals("own", password(follower.current()));
            assertEquals(2, follower.current().version());
        }

        @Test
        void remembersANewVersionThatSaysTheSame() throws Exception {
            settings.change(now -> now.with(TIMEOUT, "1"));
            follow();
            settings.change(now -> now.with(TIMEOUT, "2"));
            settings.change(now -> now.with(TIMEOUT, "1"));
            assertTrue(follow().isTaken());
            assertEquals(3, follower.current().version());
        }

        @Test
        void takesNoDocumentWithoutAVersion() {
            assertEquals(
                    "certkit.version",
                    problems(follower.importing("scep.timeout-seconds=1").fromMaster())
                            .get(0)
                            .parameter());
        }
    }

    @Test
    void parametersWithOneNameTwiceAreACallersMistake() {
        Settings.Opening opening = Settings.in(storage);
        assertThrows(IllegalArgumentException.class, () -> opening.knowing(Parameter.flag("S_PROV_USERNAME")));
        assertThrows(IllegalArgumentException.class, () -> Parameter.flag("certkit.x"));
        assertThrows(IllegalArgumentException.class, () -> Parameter.flag("a b"));
        assertThrows(IllegalArgumentException.class, () -> Parameter.number("a", 2, 1));
    }
}
