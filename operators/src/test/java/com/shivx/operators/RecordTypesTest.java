package com.shivx.operators;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolState;
import com.shivx.features.tick.QualityState;
import com.shivx.features.tick.Tick;
import com.shivx.models.Alarm;
import com.shivx.models.Prediction;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.LifecycleState;
import com.shivx.models.drift.DriftPart;
import com.shivx.models.drift.DriftReport;
import com.shivx.models.drift.VersionDrift;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.drift.WatchedVersion;
import com.shivx.models.lifecycle.LifecycleCommand;
import com.shivx.models.lifecycle.LifecycleInput;
import com.shivx.models.lifecycle.ModelLife;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.outcome.AccuracyAlarmState;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyPart;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.Expected;
import com.shivx.models.outcome.KnownLabel;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.RateState;
import com.shivx.models.outcome.SeenTick;
import com.shivx.models.outcome.SymbolOutcomes;
import com.shivx.models.outcome.ValidatedDeployment;
import com.shivx.models.outcome.ValidatedVersion;
import com.shivx.models.outcome.VoteCount;
import com.shivx.models.serving.ServingPart;
import com.shivx.models.serving.ServingState;
import com.shivx.operators.drift.DriftInput;
import com.shivx.operators.features.SetAside;
import com.shivx.operators.features.TickVector;
import com.shivx.operators.outcomes.OutcomeInput;
import com.shivx.operators.scoring.ScoredPrediction;
import com.shivx.operators.scoring.ScoringInput;
import com.shivx.operators.training.TrainingEvent;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that travels between operators or lies in state can evolve, and none of it is Kryo's.
 */
class RecordTypesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                Tick.class,
                QualityState.class,
                SymbolState.class,
                FeatureVector.class,
                Prediction.class,
                LifecycleEvent.class,
                LifecycleCommand.class,
                RetrainRequest.class,
                TrainingResult.class,
                LifecycleState.class,
                LifecycleInput.class,
                ModelLife.class,
                TickVector.class,
                SetAside.class,
                ScoredPrediction.class,
                ScoringInput.class,
                Deployment.class,
                DeploymentEvent.class,
                DeploymentRequest.class,
                Alarm.class,
                OutcomeInput.class,
                Outcome.class,
                SymbolOutcomes.Head.class,
                SeenTick.class,
                Expected.class,
                KnownLabel.class,
                AccuracyPart.class,
                AccuracyCounts.class,
                AccuracyKey.class,
                AccuracyRow.class,
                VoteCount.class,
                AccuracyAlarmState.class,
                RateState.class,
                ValidatedDeployment.class,
                ValidatedVersion.class,
                DriftInput.class,
                DriftPart.class,
                DriftReport.class,
                VersionDrift.class,
                WatchedDeployment.class,
                WatchedVersion.class,
                ServingPart.class,
                ServingState.class,
                TrainingRow.class,
                TrainingEvent.class
            })
    void isAPojoWithoutGenericParts(Class<?> type) {
        SerializerConfigImpl strict = new SerializerConfigImpl();
        strict.setGenericTypes(false);
        TypeInformation<?> info = TypeInformation.of(type);
        assertThat(info).isInstanceOf(PojoTypeInfo.class);
        TypeSerializer<?> serializer = info.createSerializer(strict);
        assertThat(serializer).isInstanceOf(PojoSerializer.class);
    }
}
