package dev.certkit.format;

import static dev.certkit.format.Samples.CHAIN_PEM;
import static dev.certkit.format.Samples.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.certkit.internal.der.Der;
import dev.certkit.internal.der.Tag;
import dev.certkit.key.KeyType;
import dev.certkit.samples.SampleKeys;
import java.math.BigInteger;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** Revocation lists, alone and inside PKCS#7. */
class PastedListsTest {
    private static byte[] list() throws Exception {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(
                X500Name.getInstance(ROOT.getSubjectX500Principal().getEncoded()), new Date(1_700_000_000_000L));
        builder.addCRLEntry(BigInteger.TEN, new Date(1_700_000_000_000L), 1);
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(SampleKeys.ofJdk(KeyType.EC_P256).getPrivate()))
                .getEncoded();
    }

    private static byte[] bag(byte[] certificates, byte[] lists) {
        byte[] content = Der.sequence(
                Der.integer(1),
                Der.setOf(List.of()),
                Der.sequence(Der.oid("1.2.840.113549.1.7.1")),
                certificates,
                lists,
                Der.setOf(List.of()));
        return Der.sequence(Der.oid(SignedBag.SIGNED_DATA), Der.tagged(Tag.constructed(0), content));
    }

    @Test
    void aListInPemOrDerIsFound() throws Exception {
        Pasted pem = Pasted.parse(CHAIN_PEM + PemBlock.encode("X509 CRL", list()));
        assertEquals("2 certificates, 1 revocation list", pem.toString());
        assertEquals(1, Pasted.decode(list()).revocationLists().size());
        assertTrue(pem.revocationLists().get(0).getRevokedCertificate(BigInteger.TEN) != null);
    }

    @Test
    void aListWithTheLabelOfACertificateIsFound() throws Exception {
        assertEquals(
                1,
                Pasted.parse(PemBlock.encode("CERTIFICATE", list()))
                        .revocationLists()
                        .size());
    }

    @Test
    void aListInsidePkcs7IsFound() throws Exception {
        byte[] both = bag(Der.tagged(Tag.constructed(0), Samples.der(ROOT)), Der.tagged(Tag.constructed(1), list()));
        Pasted found = Pasted.decode(both);
        assertEquals(List.of(ROOT), found.certificates());
        assertEquals(1, found.revocationLists().size());
        assertEquals(0, found.strays().size());
    }

    @Test
    void aDamagedCertificateInsidePkcs7IsAStrayBesideTheOthers() throws Exception {
        byte[] both = bag(
                Der.tagged(Tag.constructed(0), Samples.der(ROOT), Der.sequence(Der.integer(1))),
                Der.tagged(Tag.constructed(1)));
        Pasted found = Pasted.decode(both);
        assertEquals(List.of(ROOT), found.certificates());
        assertTrue(
                found.strays().get(0).place().contains("PKCS#7 certificate 2"),
                found.strays().toString());
    }

    @Test
    void aDamagedListIsAStray() throws Exception {
        byte[] damaged = list();
        damaged[20] = (byte) 0xFF;
        Pasted found = Pasted.parse(CHAIN_PEM + PemBlock.encode("X509 CRL", damaged));
        assertEquals(2, found.certificates().size());
        assertEquals(1, found.strays().size());
    }
}
