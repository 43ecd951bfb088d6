package com.shivx.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The threads and folders that were there before, against those that are there after. */
record Leftovers(Set<Thread> known) {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    static Leftovers watch() {
        return new Leftovers(Thread.getAllStackTraces().keySet());
    }

    static Set<String> temporaryFolders(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .collect(Collectors.toSet());
        }
    }

    /** Waits for every new thread to end, and names those that do not. */
    void assertNone() throws InterruptedException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        for (Thread thread : started()) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            thread.join(Math.max(1, left));
        }
        assertThat(started()).as("threads left behind").isEmpty();
    }

    private Set<Thread> started() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Predicate.not(known::contains))
                .filter(Predicate.not(Leftovers::belongsToTheJvm))
                .collect(Collectors.toSet());
    }

    /** Pools that the JDK keeps for everybody, once somebody has used them. */
    private static boolean belongsToTheJvm(Thread thread) {
        return thread.getName().startsWith("ForkJoinPool.commonPool-")
                || thread.getName().startsWith("CompletableFutureDelayScheduler")
                || thread.getName().startsWith("process reaper")
                || "InnocuousThreadGroup"
                        .equals(
                                thread.getThreadGroup() == null
                                        ? null
                                        : thread.getThreadGroup().getName());
    }
}
