package dev.certkit.diagnose;

import java.util.Arrays;

/** The versions in which a server is greeted, the newest first. */
enum Version {
    TLS_1_3(0x0304, "TLSv1.3"),
    TLS_1_2(0x0303, "TLSv1.2"),
    TLS_1_1(0x0302, "TLSv1.1"),
    TLS_1_0(0x0301, "TLSv1"),
    SSL_3_0(0x0300, "SSLv3");

    private final int number;
    private final String jdkName;

    Version(int number, String jdkName) {
        this.number = number;
        this.jdkName = jdkName;
    }

    int number() {
        return number;
    }

    boolean isOld() {
        return number < TLS_1_2.number;
    }

    /** As the JDK calls it. */
    static String name(int number) {
        return Arrays.stream(values())
                .filter(version -> version.number == number)
                .findFirst()
                .map(version -> version.jdkName)
                .orElse(String.format("version 0x%04X", number));
    }

    static boolean isOld(String name) {
        return Arrays.stream(values()).anyMatch(version -> version.isOld() && version.jdkName.equals(name));
    }
}
