package dev.certkit.shelf.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class PropertiesTextProperties {
    @Property
    void whatIsWrittenIsReadByUsAndByJava(@ForAll String name, @ForAll String value) throws IOException {
        String line = PropertiesText.line(name, value);
        PropertiesText.Content read = PropertiesText.read(line);
        assertEquals(0, read.problems().size());
        assertEquals(value, read.entries().get(name).value());
        Properties java = new Properties();
        java.load(new StringReader(line));
        assertEquals(value, java.getProperty(name));
    }

    @Property
    void whatWeTakeIsTakenByJavaInTheSameWay(
            @ForAll
                    @Chars({'a', 'b', '=', ':', ' ', '\t', '\n', '\\', '#', '!', 'u', '0', '4', '1', 'n'})
                    @StringLength(max = 24)
                    String text)
            throws IOException {
        PropertiesText.Content read = PropertiesText.read(text);
        if (read.problems().isEmpty()) {
            Properties java = new Properties();
            java.load(new StringReader(text));
            assertEquals(java.size(), read.entries().size());
            read.entries().forEach((name, entry) -> assertEquals(java.getProperty(name), entry.value()));
        }
    }

    @Property
    void anyTextGivesContentOrProblems(@ForAll String text) {
        PropertiesText.Content read = PropertiesText.read(text);
        assertTrue(read.entries().size() + read.problems().size() >= 0);
    }
}
