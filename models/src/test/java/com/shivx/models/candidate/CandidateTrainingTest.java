package com.shivx.models.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.shivx.features.label.Direction;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.artifact.NamedNumbers;
import com.shivx.models.artifact.ReferenceFile;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.Task;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Provenance;
import com.shivx.models.registry.ProvenanceJson;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.validation.FoldReport;
import com.shivx.models.validation.Span;
import com.shivx.models.validation.ValidationConfig;
import com.shivx.models.validation.ValidationReport;
import com.shivx.models.validation.Verdict;
import com.shivx.models.validation.report.JsonReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateTrainingTest {

    /** 133 hours, so that the last fifth has 26 blocks of an hour. */
    private static final int ROWS = 8_000;

    private static final Map<String, String> QUICK = Map.of("rounds", "40", "eta", "0.2");

    @ParameterizedTest
    @ValueSource(strings = {"xgboost", "linear"})
    void whatKnowsADirectionAsksToBeRegisteredWithAllThatBelongsToIt(String trainer)
            throws Exception {
        TrainingSet set = SampleTape.set(ROWS, 0.5, 1);
        Candidate candidate = train(set, trainer, null);

        assertThat(candidate.report().verdict()).isEqualTo(Verdict.REGISTER);
        assertThat(candidate.artifact().contract().featureSetHash())
                .isEqualTo(SampleTape.FEATURES.hash());
        assertThat(candidate.more().keySet())
                .containsExactlyInAnyOrder(
                        ArtifactFile.METRICS,
                        ArtifactFile.IMPORTANCE,
                        ArtifactFile.REFERENCE,
                        ArtifactFile.PROVENANCE);
        Map<String, Double> importance =
                NamedNumbers.read("importance.json", candidate.more().get(ArtifactFile.IMPORTANCE));
        String first = SampleTape.FEATURES.features().get(0).name();
        assertThat(importance)
                .allSatisfy(
                        (name, share) ->
                                assertThat(share).isLessThanOrEqualTo(importance.get(first)));
        ReferenceFile reference = ReferenceFile.read(candidate.more().get(ArtifactFile.REFERENCE));
        assertThat(reference.profile().columns()).hasSize(SampleTape.FEATURES.size() + 4);
        assertThat(reference.profile().confidence().mean()).isBetween(1.0 / 3, 1.0);
        assertThat(reference.profile().rows()).isBetween((long) (ROWS * 0.19), (long) (ROWS * 0.2));
        Provenance provenance = ProvenanceJson.read(candidate.more().get(ArtifactFile.PROVENANCE));
        assertThat(provenance.dataSha256()).isEqualTo(set.sha256());
        assertThat(provenance.parameters()).containsEntry("labels.horizon", "PT60S");
        assertThat(Long.parseLong(provenance.parameters().get(CandidateTraining.LEARNED_UNTIL)))
                .isBetween(set.span().fromMicros(), set.span().untilMicros());
    }

    @Test
    void theSameRowsAndSeedGiveTheSameFileInWhateverOrderTheyCome() throws Exception {
        List<TrainingRow> rows = SampleTape.rows(ROWS, 0.5, 1);
        List<TrainingRow> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(3));

        Candidate first = train(SampleTape.set(rows), "xgboost", null);
        Candidate second = train(SampleTape.set(shuffled), "xgboost", null);

        assertThat(second.artifact().bytes()).isEqualTo(first.artifact().bytes());
        assertThat(second.more().get(ArtifactFile.PROVENANCE))
                .isEqualTo(first.more().get(ArtifactFile.PROVENANCE));
        assertThat(first.artifact().as("3.2.1").contract().version()).isEqualTo("3.2.1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.11, 0.37, 0.5, 0.83})
    void labelsOfAnotherTimeAreRefused(double share) throws Exception {
        TrainingSet placebo = Placebo.moved(SampleTape.set(ROWS, 0.5, 1), share);

        assertThat(train(placebo, "xgboost", null).report().verdict()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void whatKnowsOnlyWhetherThereIsADirectionIsRefused() throws Exception {
        Candidate candidate = train(SampleTape.set(ROWS, 0, 2), "xgboost", null);

        assertThat(candidate.report().verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(String.join("\n", candidate.report().reasons())).contains("direction-blind");
    }

    @Test
    void tooLittleIsInconclusive() throws Exception {
        assertThat(train(SampleTape.set(1_300, 0.5, 1), "linear", null).report().verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void isComparedWithProductionOnTheSameRows() throws Exception {
        TrainingSet set = SampleTape.set(ROWS, 0.5, 1);
        ModelArtifact production =
                train(SampleTape.set(ROWS, 0, 2), "linear", null).artifact().as("1.0.0");

        ValidationReport report = train(set, "linear", production).report();

        assertThat(report.production()).isEqualTo("direction@1.0.0");
        assertThat(report.verdict()).isEqualTo(Verdict.REGISTER);
    }

    @Test
    void saysWhatKeepsItFromTraining() {
        assertThatThrownBy(() -> train(SampleTape.set(List.of()), "xgboost", null))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("no row with a known label");
        assertThatThrownBy(() -> train(SampleTape.set(3, 0.5, 1), "xgboost", null))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("take a longer time or a shorter horizon");
        assertThatThrownBy(() -> train(SampleTape.set(ROWS, 0.5, 1), "forest", null))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("trainer 'forest' is not known");
    }

    @Test
    void walksForwardAndIsJudgedByAllThatCameNext() throws Exception {
        TrainingSet set = SampleTape.set(ROWS, 0.5, 1);
        List<String> told = new ArrayList<>();

        Candidate candidate = walk(set, 4, (done, total, message) -> told.add(message));
        Candidate again = walk(set, 4, TrainingListener.NONE);

        assertThat(told)
                .contains("exporting to ONNX, and holding the file against the model, fold 3 of 4");
        ValidationReport report = candidate.report();
        assertThat(report.verdict()).isEqualTo(Verdict.REGISTER);
        assertThat(report.folds()).hasSize(4);
        assertThat(report.folds().stream().mapToInt(FoldReport::rows).sum())
                .isEqualTo(report.rows())
                .isBetween(ROWS / 2 - 10, ROWS / 2 + 10);
        assertThat(report.spans()).isEqualTo(report.folds().get(3).spans());
        assertThat(again.artifact().bytes()).isEqualTo(candidate.artifact().bytes());
        assertThat(JsonReport.of(again.report())).isEqualTo(JsonReport.of(report));

        // The last fold is what training on its window alone gives.
        Span window = new Span(report.spans().fit().fromMicros(), set.span().untilMicros());
        TrainingSet latest =
                SampleTape.set(
                        SampleTape.rows(ROWS, 0.5, 1).stream()
                                .filter(row -> window.holds(row.eventTimeMicros()))
                                .toList());
        assertThat(walk(latest, 1, TrainingListener.NONE).report().figures().logLoss())
                .isCloseTo(report.folds().get(3).figures().logLoss(), within(0.002));

        Provenance provenance = ProvenanceJson.read(candidate.more().get(ArtifactFile.PROVENANCE));
        assertThat(provenance.parameters())
                .containsEntry("walk_forward.folds", "4")
                .containsEntry(
                        CandidateTraining.LEARNED_UNTIL,
                        String.valueOf(report.spans().test().fromMicros()));
        assertThat(provenance.parameters().get("walk_forward.fold_1"))
                .contains("fit " + set.span().toString().substring(0, 20));
        assertThat(NamedNumbers.read("metrics.json", candidate.more().get(ArtifactFile.METRICS)))
                .containsEntry("test_folds", 4.0);
    }

    @Test
    void saysHowManyFoldsTheRowsWouldDoFor() {
        TrainingSet few = SampleTape.set(60, 0.5, 1);

        assertThatThrownBy(() -> walk(few, 50, TrainingListener.NONE))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("60 rows are too few for 50 folds: ")
                .hasMessageMatching(".*--walk-forward (\\d+)\\), or a longer time.*")
                .satisfies(
                        e -> {
                            int enough =
                                    Integer.parseInt(
                                            String.valueOf(e.getMessage())
                                                    .replaceAll(
                                                            ".*--walk-forward (\\d+)\\).*", "$1"));
                            assertThat(enough).isBetween(2, 49);
                            assertThat(walk(few, enough, TrainingListener.NONE).report().folds())
                                    .hasSize(enough);
                            assertThatThrownBy(() -> walk(few, enough + 1, TrainingListener.NONE))
                                    .hasMessageContaining("--walk-forward " + enough);
                        });
        assertThatThrownBy(() -> walk(SampleTape.set(3, 0.5, 1), 2, TrainingListener.NONE))
                .hasMessageContaining("3 rows are too few for 2 folds")
                .hasMessageContaining("take a longer time or a shorter horizon");
    }

    private static Candidate walk(TrainingSet set, int folds, TrainingListener told)
            throws Exception {
        return new CandidateTraining(SampleTape.rules("linear", Map.of(), folds))
                .run(set, null, told);
    }

    @Test
    void aBetterVersionIsPromotedOnRowsThatNeitherHasLearnedFrom() throws Exception {
        ModelArtifact better =
                train(SampleTape.set(ROWS, 0.5, 1), "linear", null).artifact().as("2.0.0");
        ModelArtifact worse =
                train(SampleTape.set(ROWS, 0, 2), "linear", null).artifact().as("1.0.0");
        TrainingSet later = SampleTape.set(ROWS, 0.5, 9);
        long learned = later.span().fromMicros() + 20L * 3_600_000_000L;

        ValidationReport promoted =
                new ModelComparison(ValidationConfig.DEFAULT)
                        .compare(later, side(better, learned), side(worse, 0));
        ValidationReport kept =
                new ModelComparison(ValidationConfig.DEFAULT)
                        .compare(later, side(worse, 0), side(better, learned));

        assertThat(promoted.verdict()).isEqualTo(Verdict.PROMOTE);
        assertThat(promoted.rows()).isEqualTo(ROWS - 20 * 60);
        assertThat(kept.verdict()).isEqualTo(Verdict.KEEP);
        assertThatThrownBy(
                        () ->
                                new ModelComparison(ValidationConfig.DEFAULT)
                                        .compare(
                                                later,
                                                side(better, later.span().untilMicros()),
                                                side(worse, 0)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("no labelled row later than");
    }

    @Test
    void refusesToJudgeOtherClasses() throws Exception {
        ModelArtifact model = train(SampleTape.set(ROWS, 0.5, 1), "linear", null).artifact();
        TrainingSet set = SampleTape.set(100, 0.5, 1);
        ModelArtifact other =
                ModelArtifact.of(
                        model.bytes(),
                        new ModelContract(
                                "other",
                                "1.0.0",
                                Task.CLASSIFICATION,
                                model.contract().featureSet(),
                                model.contract().featureSetHash(),
                                model.contract().columns(),
                                List.of("LOW", "MID", "HIGH"),
                                model.contract().actions(),
                                model.contract().output(),
                                model.contract().imputes()));

        assertThatThrownBy(() -> Judged.probabilities(other, set.rows()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("other@1.0.0 has classes [LOW, MID, HIGH]");
    }

    @Test
    void refusesAPlaceboThatMovesNothing() {
        TrainingSet set = SampleTape.set(100, 0.5, 1);
        assertThatThrownBy(() -> Placebo.moved(set, 1)).hasMessageContaining("not 1.0");
        assertThatThrownBy(() -> Placebo.moved(set, Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void refusesRowsOfAnotherWidth() {
        TrainingRows rows = new TrainingRows(SampleTape.FEATURES, SampleTape.HORIZON);
        TrainingRow narrow = new TrainingRow("A", 0, 0, new float[3], Direction.UP, 0, 0);
        assertThatThrownBy(() -> rows.add(narrow)).hasMessageContaining("has 3 values");
    }

    private static ModelComparison.Side side(ModelArtifact artifact, long learnedUntilMicros) {
        return new ModelComparison.Side(artifact, learnedUntilMicros);
    }

    private static Candidate train(
            TrainingSet set, String trainer, @Nullable ModelArtifact production) throws Exception {
        Map<String, String> parameters = trainer.equals("xgboost") ? QUICK : Map.of();
        return new CandidateTraining(SampleTape.rules(trainer, parameters))
                .run(set, production, TrainingListener.NONE);
    }
}
