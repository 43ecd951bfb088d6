package com.shivx.models.training.command;

import com.shivx.models.training.TrainingCancelledException;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One run of a command by the shell, with the folder as its last argument, in the caller's own
 * working directory, so that relative paths in it mean what they say. When it ends, in whatever
 * way, nothing that it has started is left running.
 *
 * @param command as typed
 * @param timeout how long it may take
 */
record CommandRun(String command, Duration timeout) {

    private static final long LOOK_MILLIS = 50;
    private static final long END_MILLIS = 2000;

    /**
     * Runs it.
     *
     * @return what it said last
     * @throws TrainingException if it cannot be started, fails, or takes too long
     */
    List<String> in(Path folder, TrainingListener listener) throws TrainingException {
        Process process = start(folder);
        OutputLines output = new OutputLines(process.getInputStream());
        Thread reader = new Thread(output, "training-command-output");
        reader.setDaemon(true);
        reader.start();
        // Collected while their parent lives: afterwards nobody knows whose they were.
        Set<ProcessHandle> started = new LinkedHashSet<>();
        boolean ended;
        try {
            ended = await(process, started, output, listener);
        } finally {
            kill(process, started);
        }
        join(reader, process);
        tell(output, listener);
        if (!ended) {
            throw failure("did not end within " + timeout, output);
        }
        if (process.exitValue() != 0) {
            throw failure("ended with code " + process.exitValue(), output);
        }
        return output.last();
    }

    private Process start(Path folder) throws TrainingException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", command + " \"$@\"", "sh", folder.toString());
        builder.redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.PIPE);
        // Python holds its lines back from a pipe until 8 KiB have come together.
        builder.environment().put("PYTHONUNBUFFERED", "1");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new TrainingException(
                    "the command '%s' cannot be started: %s".formatted(command, e.getMessage()),
                    "see that there is a shell 'sh' on the path",
                    e);
        }
    }

    private boolean await(
            Process process,
            Set<ProcessHandle> started,
            OutputLines output,
            TrainingListener listener)
            throws TrainingCancelledException {
        long begun = System.nanoTime();
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(started::add);
                tell(output, listener);
                TrainingCancelledException.check(listener);
                if (System.nanoTime() - begun > timeout.toNanos()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingCancelledException();
        }
    }

    private static void tell(OutputLines output, TrainingListener listener) {
        output.fetch().forEach(line -> listener.onProgress(0, 0, line));
    }

    private static void kill(Process process, Set<ProcessHandle> started) {
        process.descendants().forEach(started::add);
        // By its handle: the process itself would close the pipe before its last words are read.
        process.toHandle().destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        started.add(process.toHandle());
        // Until they are gone they may write into the folder that is to be deleted.
        CompletableFuture.allOf(
                        started.stream()
                                .map(ProcessHandle::onExit)
                                .toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, END_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    /** What is said before its end is read to the end, unless a stray child holds the pipe. */
    private static void join(Thread reader, Process process) throws TrainingCancelledException {
        try {
            reader.join(END_MILLIS);
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingCancelledException();
        }
    }

    /** An error that ends with the last words of the command. */
    TrainingException failure(String what, OutputLines output) {
        return failure(what, output.last());
    }

    TrainingException failure(String what, List<String> last) {
        return new TrainingException(
                "the command '%s' %s%s"
                        .formatted(
                                command,
                                what,
                                last.isEmpty()
                                        ? " and said nothing"
                                        : ", its last words: " + String.join(" | ", last)),
                "run it by hand on a folder of the same files");
    }
}
