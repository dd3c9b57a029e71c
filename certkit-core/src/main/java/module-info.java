/** Keys, requests, certificates, formats, trust, TLS and the storage SPI. */
module dev.certkit.core {
    requires static org.jspecify;
    requires java.net.http;
    requires org.bouncycastle.provider;
    requires org.slf4j;

    exports dev.certkit.aia;
    exports dev.certkit.diagnose;
    exports dev.certkit.format;
    exports dev.certkit.http;
    exports dev.certkit.identity;
    exports dev.certkit.issue;
    exports dev.certkit.key;
    exports dev.certkit.lint;
    exports dev.certkit.renew;
    exports dev.certkit.revocation;
    exports dev.certkit.shelf;
    exports dev.certkit.shelf.settings;
    exports dev.certkit.shelf.trust;
    exports dev.certkit.store;
    exports dev.certkit.tls;
    exports dev.certkit.trust;
    exports dev.certkit.x509;
    exports dev.certkit.internal.der to
            dev.certkit.scep,
            dev.certkit.store;
    exports dev.certkit.internal.text to
            dev.certkit.scep;
    exports dev.certkit.internal.x509 to
            dev.certkit.scep;
}
