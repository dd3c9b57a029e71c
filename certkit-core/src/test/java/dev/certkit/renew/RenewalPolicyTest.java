package dev.certkit.renew;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RenewalPolicyTest {
    @Test
    void x() {
        assertEquals(
                RenewalPolicy.afterTwoThirds(),
                RenewalPolicy.parse(RenewalPolicy.afterTwoThirds().toString()));
    }
}
