// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A group of threads whose work is counted: whoever is started in it starts its own threads there, too. */
final class Threads {
    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ThreadGroup group;

    static { // servers would keep a benchmark that has failed alive
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            if (thread.getName().equals("main")) {
                Runtime.getRuntime().halt(1);
            }
        });
    }

    /** What threads have used since they began. */
    record Used(long bytes, long cpuNanos) {
        Used since(Used before) {
            return new Used(bytes - before.bytes, cpuNanos - before.cpuNanos);
        }
    }

    Threads(String name) {
        group = new ThreadGroup(name);
    }

    <T> T start(Callable<T> work) {
        var task = new FutureTask<>(work);
        new Thread(group, task, group.getName() + " starter").start();
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A thread that ends takes its numbers along: servers keep theirs. */
    Used used() {
        var threads = new Thread[group.activeCount() + 64];
        var count = group.enumerate(threads, true);
        long bytes = 0;
        long cpu = 0;
        for (int i = 0; i < count; i++) {
            bytes += Math.max(0, BEAN.getThreadAllocatedBytes(threads[i].getId()));
            cpu += Math.max(0, BEAN.getThreadCpuTime(threads[i].getId()));
        }
        return new Used(bytes, cpu);
    }
}
