package com.shivx.control.flink;

import com.shivx.control.http.Latencies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Latencies by a metric of the scoring job, of whichever runs on a cluster. Flink is asked when
 * somebody wants to know, and about a model not again for as long as its metrics are old anyway.
 */
public final class FlinkLatencies implements Latencies {

    /** Flink's {@code metrics.fetcher.update-interval}, as it is by default. */
    private static final Duration REUSE = Duration.ofSeconds(10);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** So many are remembered; who asks for more asks for names that nobody has. */
    private static final int MAX_MODELS = 1_000;

    private static final String GAUGE = "model_id.%s.predictionLatencyP95Millis";

    private final FlinkRest rest;
    private final String jobName;
    private final InstantSource clock;
    private final Map<String, Known> known = new HashMap<>();

    private record Known(Latency latency, Instant at) {}

    /**
     * Of a cluster.
     *
     * @param jobName of the scoring job
     * @param clock for how long what it says is taken for new
     */
    public FlinkLatencies(FlinkRest rest, String jobName, InstantSource clock) {
        this.rest = rest.within(TIMEOUT);
        this.jobName = jobName;
        this.clock = clock;
    }

    @Override
    public synchronized Latency of(String model) {
        Instant now = clock.instant();
        Known last = known.get(model);
        if (last == null || !now.isBefore(last.at.plus(REUSE))) {
            if (known.size() >= MAX_MODELS) {
                known.clear();
            }
            last = new Known(ask(model), now);
            known.put(model, last);
        }
        return last.latency;
    }

    private Latency ask(String model) {
        try {
            List<String> jobs = rest.running(jobName);
            if (jobs.isEmpty()) {
                return Latency.unknown(
                        "no job '%s' runs on Flink at %s".formatted(jobName, rest.base()));
            }
            OptionalDouble most =
                    jobs.stream()
                            .map(job -> rest.gauge(job, GAUGE.formatted(model)))
                            .flatMapToDouble(OptionalDouble::stream)
                            .max();
            return most.isPresent() && !Double.isNaN(most.getAsDouble())
                    ? Latency.of(most.getAsDouble())
                    : Latency.unknown(
                            "'%s' has not judged a window of its predictions yet"
                                    .formatted(jobName));
        } catch (FlinkRestException e) {
            return Latency.unknown(String.valueOf(e.getMessage()));
        }
    }
}
