/** A SCEP (RFC 8894) client and responder. */
module dev.certkit.scep {
    requires transitive dev.certkit.core;
    requires static org.jspecify;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires org.slf4j;

    exports dev.certkit.scep;
}
