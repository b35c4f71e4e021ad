// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

/** What is alive. */
final class Heap {
    private Heap() {}

    static long bytes() {
        var runtime = Runtime.getRuntime();
        var least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            pause(200);
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
