package dev.certkit.format;

import java.lang.management.ManagementFactory;

/** What one piece of work costs its thread: time on the processor, which other work does not lengthen, and octets of heap. */
record Cost(long millis, long octets) {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    interface Work {
        void run() throws Exception;
    }

    static Cost of(Work work) throws Exception {
        long octets = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        work.run();
        return new Cost(
                (THREADS.getCurrentThreadCpuTime() - nanos) / 1_000_000,
                THREADS.getCurrentThreadAllocatedBytes() - octets);
    }

    boolean isWithin(int maxMillis, int maxMebibytes) {
        return millis < maxMillis && octets < (long) maxMebibytes << 20;
    }
}
