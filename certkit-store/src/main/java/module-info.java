/** Storage back ends: a directory of record files. */
module dev.certkit.store {
    requires static org.jspecify;
    requires transitive dev.certkit.core;
    requires org.slf4j;

    exports dev.certkit.store.file;
}
