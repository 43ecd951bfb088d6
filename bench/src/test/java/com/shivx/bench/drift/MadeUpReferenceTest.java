package com.shivx.bench.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.bench.market.ZipfMarket;
import com.shivx.bench.model.SampleVectors;
import com.shivx.bench.rig.MadeUpPredictions;
import com.shivx.bench.rig.MadeUpVectors;
import com.shivx.drift.live.GroupCounts;
import com.shivx.drift.reference.ChunkSpread;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.jobs.wire.FeatureVectorAvro;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Role;
import com.shivx.models.artifact.ReferenceFile;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.drift.DriftCounts;
import com.shivx.models.drift.DriftPart;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.drift.WatchedVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MadeUpReferenceTest {

    private static final String MODEL = "made-up";
    private static final int ROWS = 2_000;

    /** Or a benchmark would measure how fast rows are passed over. */
    @Test
    void everyMadeUpRecordIsCountedAgainstIt() throws Exception {
        FeatureSet set = FeatureSets.byName("market-v1");
        SampleVectors sample = new SampleVectors(set, 20_000);
        ReferenceFile reference =
                new MadeUpReference(set, sample.vectors(), Duration.ofSeconds(30))
                        .measure(predictions(), new SplittableRandom(1));
        DriftCounts counts = new DriftCounts(1);
        counts.watch(
                new WatchedDeployment(
                        MODEL,
                        1,
                        Deployment.ALL_SYMBOLS,
                        List.of(
                                new WatchedVersion(
                                        MadeUpPredictions.VERSION,
                                        Role.CHAMPION,
                                        set.hash(),
                                        reference.write().getBytes(StandardCharsets.UTF_8),
                                        Map.of(),
                                        null))));
        MadeUpVectors vectors = new MadeUpVectors(market(), sample.vectors());
        MadeUpPredictions predictions = predictions();
        FeatureVectorAvro avro = new FeatureVectorAvro();
        PredictionJson json = new PredictionJson();
        String fingerprint = new String(MadeUpVectors.header().value(), StandardCharsets.UTF_8);
        for (int i = 0; i < ROWS; i++) {
            counts.count(avro.read(fingerprint, vectors.get().value()), Long.MIN_VALUE);
            counts.count(json.read(predictions.get().value()), Long.MIN_VALUE);
        }

        List<DriftPart> windows = counts.takeAll();
        assertThat(windows.stream().mapToLong(window -> window.inputs().rows()).sum())
                .isEqualTo(ROWS);
        assertThat(windows.stream().mapToLong(window -> window.answers().rows()).sum())
                .isEqualTo(ROWS);
        long confident = 0;
        for (DriftPart window : windows) {
            for (GroupCounts group : window.answers().groups) {
                confident += group == null ? 0 : group.confident;
            }
        }
        assertThat(confident).isEqualTo(ROWS);
        assertThat(reference.profile().columns()).hasSize(set.size() + 4);
        assertThat(reference.profile().confidence().chunks())
                .isGreaterThanOrEqualTo(ChunkSpread.MIN_CHUNKS);
    }

    private static MadeUpPredictions predictions() {
        return new MadeUpPredictions(market(), MODEL, 2);
    }

    private static ZipfMarket market() {
        return new ZipfMarket(100, 3, 1_700_000_000_000_000L);
    }
}
