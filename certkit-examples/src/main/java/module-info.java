/** The programs. */
module dev.certkit.examples {
    requires static org.jspecify;
    requires dev.certkit.core;
    requires dev.certkit.scep;
    requires dev.certkit.store;
    requires java.net.http;
    requires jdk.httpserver;
}
