package dev.certkit.trust;

import static dev.certkit.trust.Holder.anchors;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.certkit.x509.EncodedCertificate;
import dev.certkit.x509.ExtendedKeyUsage;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/** Chains that are made to take time or memory: each is answered in under half a second of processor time, and 128 MiB of garbage. */
final class HostileChain {
    private static final long MAX_MILLIS = 500;
    private static final long MAX_OCTETS = 128 << 20;

    private HostileChain() {}

    static final Holder ROOT = Holder.named("Root");
    static final Holder MIDDLE = Holder.named("Middle");
    static final Holder PRINTER = Holder.named(Holder.HOST);
    static final EncodedCertificate ANCHOR = ROOT.root();
    static final PkixPolicy POLICY = TrustPolicy.pkix(anchors(ANCHOR));
    static final TrustLimits DEEP = new TrustLimits(100, 10_000, 30, 250_000);

    /** What the first verdict of a process loads and compiles is not what is measured. */
    static void judgeSomethingBefore() {
        for (int i = 0; i < 50; i++) {
            judge(
                    POLICY,
                    List.of(
                            PRINTER.serverBy(MIDDLE).encoded(),
                            MIDDLE.authorityBy(ROOT).encoded()));
        }
    }

    private static List<TrustReason> judge(TrustPolicy policy, List<byte[]> presented) {
        return policy.judge(PresentedChain.decode(presented, Holder.NOW).forPurpose(ExtendedKeyUsage.SERVER_AUTH))
                .fold(trusted -> List.of(), TrustVerdict.Untrusted::reasons);
    }

    static List<TrustReason> answered(TrustPolicy policy, List<byte[]> presented) {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long octets = bean.getCurrentThreadAllocatedBytes();
        long start = bean.getCurrentThreadCpuTime();
        List<TrustReason> reasons = judge(policy, presented);
        long millis = (bean.getCurrentThreadCpuTime() - start) / 1_000_000;
        long used = bean.getCurrentThreadAllocatedBytes() - octets;
        assertTrue(millis < MAX_MILLIS, millis + " ms for " + reasons);
        assertTrue(used < MAX_OCTETS, used + " octets for " + reasons);
        return reasons;
    }

    static List<byte[]> encoded(EncodedCertificate... certificates) {
        return Arrays.stream(certificates).map(EncodedCertificate::encoded).toList();
    }

    static List<byte[]> encoded(List<EncodedCertificate> certificates) {
        return certificates.stream().map(EncodedCertificate::encoded).toList();
    }

    static String limit(List<TrustReason> reasons) {
        return reasons.stream()
                .filter(TrustReason.LimitExceeded.class::isInstance)
                .map(reason -> ((TrustReason.LimitExceeded) reason).limit())
                .findFirst()
                .orElse("none");
    }
}
