package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.StopSignal;
import com.shivx.jobs.TrainingJob;
import com.shivx.jobs.options.JobOptions;
import com.shivx.local.EmbeddedFlink;
import com.shivx.operators.training.TrainingEvent;
import java.io.PrintWriter;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a bounded job that tells how far it is, and prints what it tells. */
final class TrainingRun {

    private static final Duration LONG = Duration.ofHours(1);

    private TrainingRun() {}

    /** Puts the job into an environment. */
    @FunctionalInterface
    interface Graph {
        DataStream<TrainingEvent> build(StreamExecutionEnvironment env) throws Exception;
    }

    /**
     * Runs it in this process, prints its report and writes it to files; Ctrl-C calls it off.
     *
     * @return how it ended
     * @throws CommandException if there is no report
     */
    static TrainingEvent reported(
            CommandSpec spec, Graph graph, Configuration options, ReportFiles files)
            throws Exception {
        TrainingEvent end = run(spec, graph, options);
        PrintWriter out = Shivx.out(spec);
        out.println();
        out.print(end.text());
        files.write(end, out);
        return end;
    }

    private static TrainingEvent run(CommandSpec spec, Graph graph, Configuration options)
            throws Exception {
        PrintWriter out = Shivx.out(spec);
        Configuration flinkConf = EmbeddedFlink.configuration(Installation.flinkConf());
        flinkConf.addAll(JobOptions.ofFlink(options));
        try (StopSignal stop = StopSignal.ofProcess(() -> {});
                EmbeddedFlink flink = EmbeddedFlink.start(flinkConf, 1, null)) {
            StreamExecutionEnvironment env =
                    flink.environment(Shivx.of(spec).plugins().addTo(options));
            try (CloseableIterator<TrainingEvent> told = graph.build(env).collectAsync()) {
                Thread watch = cancelOn(stop, env.executeAsync(TrainingJob.NAME));
                try {
                    return withReport(told(told, out));
                } finally {
                    watch.interrupt();
                }
            }
        }
    }

    private static TrainingEvent withReport(TrainingEvent end) {
        if (end.text() == null) {
            throw new CommandException(end.message());
        }
        return end;
    }

    private static Thread cancelOn(StopSignal stop, JobClient job) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                boolean asked = false;
                                while (!asked) {
                                    asked = stop.await(LONG);
                                }
                                job.cancel();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "calls-off-training");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static TrainingEvent told(CloseableIterator<TrainingEvent> events, PrintWriter out) {
        TrainingProgress progress = new TrainingProgress(out, System::nanoTime);
        try {
            while (events.hasNext()) {
                TrainingEvent event = events.next();
                if (event.kind() != TrainingEvent.Kind.PROGRESS) {
                    return event;
                }
                progress.onProgress(event);
            }
        } catch (RuntimeException e) {
            throw new CommandException(String.valueOf(root(e).getMessage()), e);
        }
        throw new CommandException(
                "it ended without a word; logs/shivx.log of the project says why");
    }

    /** What the job failed of, and not who has noticed. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
