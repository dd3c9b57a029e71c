/** Storage back ends: a directory of record files, a key store file, a data base. */
module dev.certkit.store {
    requires static org.jspecify;
    requires transitive dev.certkit.core;
    requires transitive java.sql;
    requires org.slf4j;

    exports dev.certkit.store.file;
    exports dev.certkit.store.jdbc;
    exports dev.certkit.store.keystore;
}
