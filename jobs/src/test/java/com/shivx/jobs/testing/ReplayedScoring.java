package com.shivx.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureVector;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Prediction;
import com.shivx.models.Role;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.Routing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the versions of a model line say of vectors, as one thread has them say it, and whether that
 * is what was published while deployments went by.
 */
public final class ReplayedScoring {

    private final Map<String, List<String>> vectorIds;
    private final Map<String, Map<String, Prediction>> byVersionAndVector = new HashMap<>();

    /** Of ready vectors, in the order in which they came. */
    public ReplayedScoring(Map<String, ModelArtifact> versions, List<FeatureVector> vectors)
            throws Exception {
        vectorIds = new HashMap<>();
        for (FeatureVector vector : vectors) {
            vectorIds
                    .computeIfAbsent(vector.symbol(), first -> new ArrayList<>())
                    .add(vector.vectorId());
        }
        for (Map.Entry<String, ModelArtifact> version : versions.entrySet()) {
            Map<String, Prediction> byVector = new HashMap<>();
            for (Prediction prediction : Scoring.predictionsOf(version.getValue(), vectors)) {
                byVector.put(prediction.vectorId(), prediction);
            }
            byVersionAndVector.put(version.getKey(), byVector);
        }
    }

    /**
     * That every vector has been predicted once by all that one deployment has, as each version
     * does and in the part that it plays there; of a symbol in the order of its vectors, and never
     * again by an earlier deployment.
     *
     * @param published predictions in the order of their topic, partition by partition
     * @param deployments all there were, by generation
     */
    public void assertPublished(List<Prediction> published, Map<Long, Deployment> deployments) {
        Map<String, List<Prediction>> byVector = new LinkedHashMap<>();
        Map<String, List<String>> publishedIds = new HashMap<>();
        Map<String, Long> generations = new HashMap<>();
        for (Prediction prediction : published) {
            String symbol = prediction.symbol();
            assertThat(prediction.generation())
                    .as("generation of %s", prediction.predictionId())
                    .isGreaterThanOrEqualTo(generations.getOrDefault(symbol, 0L));
            generations.put(symbol, prediction.generation());
            List<Prediction> said = byVector.get(prediction.vectorId());
            if (said == null) {
                said = new ArrayList<>();
                byVector.put(prediction.vectorId(), said);
                publishedIds
                        .computeIfAbsent(symbol, first -> new ArrayList<>())
                        .add(prediction.vectorId());
            }
            said.add(prediction);
        }
        assertThat(publishedIds).isEqualTo(vectorIds);
        byVector.forEach(
                (vector, said) ->
                        assertThat(texts(said))
                                .as(vector)
                                .containsExactlyInAnyOrderElementsOf(
                                        texts(
                                                expected(
                                                        said.get(0),
                                                        deployments.get(
                                                                said.get(0).generation())))));
    }

    private List<Prediction> expected(Prediction of, Deployment deployment) {
        boolean toCanary = new Routing(deployment).toCanary(of.symbol(), of.eventTimeMicros());
        List<Prediction> expected = new ArrayList<>();
        for (Map.Entry<ModelRef, Role> member : deployment.members().entrySet()) {
            expected.add(
                    playing(
                            member.getValue(),
                            member.getValue() == (toCanary ? Role.CANARY : Role.CHAMPION),
                            deployment.generation(),
                            byVersionAndVector.get(member.getKey().version()).get(of.vectorId())));
        }
        return expected;
    }

    private static Prediction playing(
            Role role, boolean served, long generation, Prediction prediction) {
        return new Prediction(
                prediction.vectorId(),
                prediction.modelId(),
                prediction.modelVersion(),
                generation,
                role,
                served,
                prediction.symbol(),
                prediction.eventTimeMicros(),
                prediction.prediction(),
                prediction.confidence(),
                prediction.action(),
                prediction.classes(),
                prediction.probabilities(),
                prediction.status());
    }

    private static List<String> texts(List<Prediction> predictions) {
        PredictionJson json = new PredictionJson();
        return predictions.stream()
                .map(prediction -> new String(json.write(prediction), StandardCharsets.UTF_8))
                .toList();
    }
}
