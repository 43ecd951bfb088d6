package com.shivx.cli;

import com.shivx.jobs.wire.PredictionJson;
import com.shivx.local.CommittedRecords;
import com.shivx.models.Prediction;
import com.shivx.models.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows the committed predictions and remembers which kinds there were. */
final class SeenPredictions implements AutoCloseable {

    private final PredictionJson json = new PredictionJson();
    private final Set<String> seen = new HashSet<>();
    private final CommittedRecords predictions;

    SeenPredictions(String bootstrapServers) {
        predictions = new CommittedRecords(bootstrapServers, "predictions");
    }

    void await(String model, String version, long generation, Role role, boolean served)
            throws Exception {
        String wanted = kind(model, version, generation, role, served);
        Until.holds(
                wanted,
                () -> {
                    predictions.forEachNew(this::see);
                    return seen.contains(wanted);
                });
    }

    private void see(ConsumerRecord<byte[], byte[]> record) {
        try {
            Prediction each = json.read(record.value());
            seen.add(
                    kind(
                            each.modelId(),
                            each.modelVersion(),
                            each.generation(),
                            each.role(),
                            each.served()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String kind(
            String model, String version, long generation, Role role, boolean served) {
        return "%s@%s, generation %d, %s, %s"
                .formatted(model, version, generation, role, served ? "served" : "not served");
    }

    @Override
    public void close() {
        predictions.close();
    }
}
