package dev.certkit.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypeNamesTest {
    @Test
    void everyTypeIsNamedAfterWhatItIs() {
        for (House.Module module : House.all()) {
            assertEquals(List.of(), TypeNames.meaningless(module.classNames()));
        }
    }

    @Test
    void anEmptyWordIsFoundAtTheEndOfATypesName() {
        List<String> offenders = List.of(
                "p.CertificateImpl", "p.KeyManager", "p.Outer$DateUtil", "p.PemUtils", "p.RequestData", "p.TestHelper");
        assertEquals(offenders, TypeNames.meaningless(offenders));
        assertEquals(List.of(), TypeNames.meaningless(List.of("p.Implied", "p.DataGroup", "p.Utility", "p.Managed$1")));
    }
}
