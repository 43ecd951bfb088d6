package com.shivx.bench.micro;

import com.shivx.bench.BenchException;
import com.shivx.bench.BenchReport;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code bench micro}: single steps of a tick's way, by JMH, each in a JVM of its own. */
public final class MicroBench {

    private MicroBench() {}

    /**
     * Runs those whose name the pattern finds; JMH says itself how it gets on.
     *
     * @param pattern regular expression over class and method
     * @param quick one short iteration of each in place of five of a second
     */
    public static BenchReport run(String pattern, boolean quick) {
        OptionsBuilder options = new OptionsBuilder();
        options.include("com\\.shivx\\.bench\\.micro\\..*" + pattern)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .shouldFailOnError(true)
                .forks(1)
                .warmupIterations(quick ? 1 : 5)
                .measurementIterations(quick ? 1 : 5)
                .warmupTime(quick ? TimeValue.milliseconds(200) : TimeValue.seconds(1))
                .measurementTime(quick ? TimeValue.milliseconds(200) : TimeValue.seconds(1));
        try {
            return report(new Runner(options.build()).run());
        } catch (NoBenchmarksException e) {
            throw new BenchException(
                    "no benchmark is called like '%s'; leave it out to run them all"
                            .formatted(pattern),
                    e);
        } catch (RunnerException e) {
            throw new BenchException("JMH has failed: " + e.getMessage(), e);
        }
    }

    private static BenchReport report(Collection<RunResult> results) {
        BenchReport report = new BenchReport("micro", "benchmark", "ns/op", "± (99.9 %)");
        for (RunResult run : results) {
            Result<?> result = run.getPrimaryResult();
            String name =
                    run.getParams().getBenchmark().replaceFirst("^.*\\.(\\w+)Benchmark\\.", "$1.");
            report.row(
                    name,
                    String.format(Locale.ROOT, "%,.0f", result.getScore()),
                    Double.isNaN(result.getScoreError())
                            ? ""
                            : String.format(Locale.ROOT, "%,.0f", result.getScoreError()));
            report.median(name, result.getScore());
            report.run(name, Map.of("nanosPerOperation", result.getScore()));
        }
        return report;
    }
}
