/** Keys, requests, certificates, formats, trust, TLS and the storage SPI. */
module dev.certkit.core {
    requires static transitive org.jspecify;
    requires org.bouncycastle.provider;

    exports dev.certkit.key;
    exports dev.certkit.x509;
    exports dev.certkit.internal.der to
            dev.certkit.scep,
            dev.certkit.store;
}
