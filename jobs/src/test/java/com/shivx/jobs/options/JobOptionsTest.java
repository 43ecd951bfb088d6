package com.shivx.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.junit.jupiter.api.Test;

class JobOptionsTest {

    /**
     * Keys and defaults are promises: adding one means adding a line here, changing one breaks
     * somebody.
     */
    @Test
    void pinsEveryKeyAndDefault() {
        Map<String, String> actual = new TreeMap<>();
        for (ConfigOption<?> option : JobOptions.all()) {
            actual.put(option.key(), String.valueOf(option.defaultValue()));
        }
        assertThat(actual)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("accuracy.alarm-span", "PT30M"),
                                Map.entry("accuracy.cooldown", "PT30M"),
                                Map.entry("accuracy.min-accuracy", "null"),
                                Map.entry("accuracy.rate-timeout", "PT10M"),
                                Map.entry("accuracy.tolerance", "0.02"),
                                Map.entry("accuracy.window", "PT1M"),
                                Map.entry("serving.cooldown", "PT30M"),
                                Map.entry("serving.inference-floor", "PT0.001S"),
                                Map.entry("serving.inference-ratio", "2.0"),
                                Map.entry("serving.latency-p95", "PT0.5S"),
                                Map.entry("serving.max-error-share", "0.01"),
                                Map.entry("serving.max-invalid-share", "0.001"),
                                Map.entry("serving.window", "PT1M"),
                                Map.entry("drift.cooldown", "PT30M"),
                                Map.entry("drift.idle-after", "PT1M"),
                                Map.entry("drift.max-ahead", "PT5M"),
                                Map.entry("drift.overlap", "1"),
                                Map.entry("drift.window", "PT30M"),
                                Map.entry("retrain.cooldown", "PT6H"),
                                Map.entry("retrain.from", "HISTORY"),
                                Map.entry("retrain.history", "PT720H"),
                                Map.entry("retrain.max-duration", "PT12H"),
                                Map.entry("rollout.alpha", "0.05"),
                                Map.entry("rollout.max-hold", "PT72H"),
                                Map.entry("rollout.shadow-time", "PT30M"),
                                Map.entry("rollout.share-time", "PT30M"),
                                Map.entry("rollout.shares", "[0.1, 0.5]"),
                                Map.entry("rollout.watch-times", "[PT1H, PT24H]"),
                                Map.entry("promotion.min-accuracy", "null"),
                                Map.entry("training.bump", "MINOR"),
                                Map.entry("control.address", "127.0.0.1"),
                                Map.entry("control.follow-interval", "PT10S"),
                                Map.entry("control.port", "8090"),
                                Map.entry("control.training.first-backoff", "PT30S"),
                                Map.entry("control.training.lost-timeout", "PT5M"),
                                Map.entry("control.training.max-attempts", "6"),
                                Map.entry("control.training.max-backoff", "PT10M"),
                                Map.entry("control.training.run-timeout", "PT6H"),
                                Map.entry("control.training.start-timeout", "PT2M"),
                                Map.entry("training.champion", "null"),
                                Map.entry("training.from", "null"),
                                Map.entry("training.horizon", "PT1M"),
                                Map.entry("training.log", "null"),
                                Map.entry("training.model", "direction"),
                                Map.entry("training.output", "null"),
                                Map.entry("training.parameters", "{}"),
                                Map.entry("training.placebo", "0.0"),
                                Map.entry("training.registry", "null"),
                                Map.entry("training.request", "null"),
                                Map.entry("training.search", "1"),
                                Map.entry("training.seed", "1"),
                                Map.entry("training.shares", "[0.6, 0.2, 0.2]"),
                                Map.entry("training.ticks", "null"),
                                Map.entry("training.to", "null"),
                                Map.entry("training.trainer", "xgboost"),
                                Map.entry("training.version", "null"),
                                Map.entry("training.walk-forward", "1"),
                                Map.entry("validation.min-block", "PT1H"),
                                Map.entry("fees.taker-bps", "0.0"),
                                Map.entry("labels.threshold", "VOL"),
                                Map.entry("outcomes.cache.max-size", "96 mb"),
                                Map.entry("outcomes.horizons", "[PT1M]"),
                                Map.entry("outcomes.idle-after", "PT1M"),
                                Map.entry("outcomes.label-delay", "PT10M"),
                                Map.entry("outcomes.lateness", "PT10S"),
                                Map.entry("outcomes.max-delay", "PT1H"),
                                Map.entry("outcomes.max-drift", "PT5M"),
                                Map.entry("backfill.format", "null"),
                                Map.entry("backfill.output", "null"),
                                Map.entry("backfill.symbol", "null"),
                                Map.entry("backfill.ticks", "null"),
                                Map.entry("backfill.zone", "null"),
                                Map.entry("deployment.name", "shivx"),
                                Map.entry("features.cache.max-dirty", "8000"),
                                Map.entry("features.cache.max-entries", "50000"),
                                Map.entry("features.cache.max-size", "96 mb"),
                                Map.entry("features.format", "AVRO"),
                                Map.entry("features.output", "true"),
                                Map.entry("features.set", "market-v1"),
                                Map.entry("features.state-access", "CACHED"),
                                Map.entry("features.symbol-ttl", "PT168H"),
                                Map.entry("ingest.alignment.max-drift", "PT1H"),
                                Map.entry("ingest.alignment.update-interval", "PT0.2S"),
                                Map.entry("ingest.idle-after", "PT5S"),
                                Map.entry("ingest.max-record-size", "64 kb"),
                                Map.entry("ingest.predictions.disorder", "PT10S"),
                                Map.entry("kafka.bootstrap-servers", "localhost:9092"),
                                Map.entry("kafka.delivery-guarantee", "exactly-once"),
                                Map.entry("kafka.group-id", "null"),
                                Map.entry("kafka.partitions", "4"),
                                Map.entry("kafka.topic-prefix", ""),
                                Map.entry("kafka.transaction-timeout", "PT15M"),
                                Map.entry("log.checkpoint-interval", "PT1M"),
                                Map.entry("log.merge-checkpoints", "10"),
                                Map.entry("log.output", "null"),
                                Map.entry("log.parallelism", "1"),
                                Map.entry("models.allowed-uris", "null"),
                                Map.entry("models.store", "null"),
                                Map.entry("quality.allowed-disorder", "PT0.25S"),
                                Map.entry("quality.max-ahead", "PT1M"),
                                Map.entry("quality.max-jump", "PT168H"),
                                Map.entry("quality.session-reset", "1000"),
                                Map.entry("scoring.actions", "null"),
                                Map.entry("scoring.classes", "null"),
                                Map.entry("scoring.columns", "null"),
                                Map.entry("scoring.device", "CPU"),
                                Map.entry("scoring.execution", "INLINE"),
                                Map.entry("scoring.load-timeout", "PT2M"),
                                Map.entry("scoring.max-batch-size", "256"),
                                Map.entry("scoring.max-delay", "PT0.005S"),
                                Map.entry("scoring.max-failures", "3"),
                                Map.entry("scoring.max-in-flight", "2"),
                                Map.entry("scoring.model", "baseline-momentum"),
                                Map.entry("scoring.model-sha256", "null"),
                                Map.entry("scoring.timeout", "PT5S")));
    }

    @Test
    void describesEveryOption() {
        HtmlFormatter formatter = new HtmlFormatter();
        assertThat(JobOptions.all())
                .allSatisfy(
                        option ->
                                assertThat(formatter.format(option.description()))
                                        .hasSizeGreaterThan(20));
    }
}
