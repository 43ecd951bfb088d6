package com.shivx.operators.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolQuality;
import com.shivx.features.SymbolState;
import com.shivx.features.label.Direction;
import com.shivx.features.label.LabelRules;
import com.shivx.features.label.SlowOutcomes;
import com.shivx.features.testing.SimulatedTape;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import com.shivx.models.artifact.NamedNumbers;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.lifecycle.TrainingEnd;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.AuditAction;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.Change;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.VersionName;
import com.shivx.models.registry.uri.Registries;
import com.shivx.models.validation.SpanShares;
import com.shivx.models.wire.TrainingEndJson;
import com.shivx.operators.OneInputFactory;
import com.shivx.operators.features.FeatureRules;
import com.shivx.operators.features.IngestedTick;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingOperatorTest {

    private static final FeatureSet SET = FeatureSets.byName("market-v1");
    private static final long SECOND = 1_000_000;
    private static final long START = 1_700_000_000_000_000L;
    private static final int ROWS = 8_000;

    @TempDir private Path folder;

    private SpanShares shares = SpanShares.DEFAULT;

    @Test
    void rowsAreReadyVectorsWithWhatHappenedAfterThem() throws Exception {
        List<Tick> tape = SimulatedTape.mixed(5).ticks(600);
        long from = tape.get(300).eventTimeMicros();
        List<TrainingRow> rows = new ArrayList<>();
        try (KeyedOneInputStreamOperatorTestHarness<String, IngestedTick, TrainingRow> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(
                                new TrainingRowsFunction(
                                        new FeatureRules(
                                                SET.name(),
                                                QualityRules.DEFAULT,
                                                SymbolQuality.DEFAULT_SYMBOL_TTL,
                                                null),
                                        LabelRules.DEFAULT,
                                        Duration.ofSeconds(10),
                                        from,
                                        Long.MAX_VALUE)),
                        ingested -> ingested.tick().symbol(),
                        Types.STRING)) {
            harness.open();
            for (Tick tick : tape) {
                harness.processElement(new IngestedTick(tick, 0), 0);
            }
            rows.addAll(harness.extractOutputValues());
        }

        List<TrainingRow> expected = expectedRows(tape, from);
        assertThat(expected).isNotEmpty();
        assertThat(rows).hasSameSizeAs(expected);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).values()).isEqualTo(expected.get(i).values());
            assertThat(rows.get(i).direction()).isEqualTo(expected.get(i).direction());
            assertThat(rows.get(i).eventTimeMicros()).isEqualTo(expected.get(i).eventTimeMicros());
            assertThat(rows.get(i).place()).isEqualTo(i);
        }
    }

    /** By the kernels alone, and the slow definition of a label; in the order of their times. */
    private static List<TrainingRow> expectedRows(List<Tick> tape, long from) {
        SlowOutcomes slow = new SlowOutcomes(tape);
        SymbolFeatures kernel = new SymbolFeatures(SET);
        SymbolState state = new SymbolState();
        List<TrainingRow> rows = new ArrayList<>();
        int good = 0;
        for (Tick tick : tape) {
            FeatureVector vector = kernel.onTick(tick, state).vector();
            if (vector == null) {
                continue;
            }
            String label = slow.label(good++, 10 * SECOND);
            if (vector.ready() && vector.eventTimeMicros() >= from && !label.equals("MISSING")) {
                rows.add(
                        new TrainingRow(
                                vector.symbol(),
                                vector.eventTimeMicros(),
                                0,
                                vector.values(),
                                Direction.valueOf(label),
                                0,
                                0));
            }
        }
        rows.sort((a, b) -> Long.compare(a.eventTimeMicros(), b.eventTimeMicros()));
        return rows;
    }

    @Test
    void dividesTimeAsItIsTold() throws Exception {
        shares = new SpanShares(0.4, 0.2, 0.4);
        TrainingEvent end = last(run(factory(settings(0, null)), rows(0.5, 1)));

        ModelRegistry registry = registry();
        byte[] metrics =
                registry.files(registry.resolve(VersionName.parse(String.valueOf(end.version()))))
                        .get(ArtifactFile.METRICS);
        assertThat(NamedNumbers.read(NamedNumbers.METRICS_FILE, metrics).get("test_rows"))
                .isBetween(0.38 * ROWS, 0.4 * ROWS);
    }

    @Test
    void whatKnowsADirectionIsRegisteredAndComparedWithProductionTheNextTime() throws Exception {
        List<TrainingEvent> events = run(factory(settings(0, null)), rows(0.5, 1));

        TrainingEvent end = last(events);
        assertThat(end.kind())
                .as(end.message() + end.text())
                .isEqualTo(TrainingEvent.Kind.REGISTERED);
        assertThat(end.version()).isEqualTo("direction@0.1.0");
        assertThat(end.html()).startsWith("<!doctype html>");
        assertThat(events).anyMatch(event -> event.message().contains("8,000 labelled rows of 2"));

        ModelRegistry registry = registry();
        ModelVersion version = registry.resolve(VersionName.parse("direction@0.1.0"));
        assertThat(
                        NamedNumbers.read(
                                NamedNumbers.METRICS_FILE,
                                registry.files(version).get(ArtifactFile.METRICS)))
                .containsKeys("log_loss", "benchmark.load_nanos")
                .hasEntrySatisfying(
                        "benchmark.rows_32.rows_per_second",
                        rowsPerSecond -> assertThat(rowsPerSecond).isPositive());
        registry.move(version, AuditAction.FORCED, Alias.PRODUCTION, new Change("test", "at once"));
        TrainingEvent again = last(run(factory(settings(0, "3.0.0")), rows(0.5, 1)));

        assertThat(again.text()).contains("direction@0.1.0");
        assertThat(again.version()).isEqualTo("direction@3.0.0");
        ModelArtifact first = registry.artifact(version);
        assertThat(
                        registry.artifact(registry.resolve(VersionName.parse("direction@3.0.0")))
                                .bytes())
                .isEqualTo(first.bytes());
    }

    @Test
    void aPlaceboIsRefusedAndNeverRegistered() throws Exception {
        TrainingEvent end = last(run(factory(settings(0.4, null)), rows(0.5, 1)));

        assertThat(end.kind()).isEqualTo(TrainingEvent.Kind.REFUSED);
        assertThat(end.version()).isNull();
        assertThat(registry().models()).isEmpty();
    }

    @Test
    void whatIsRefusedIsWrittenForTryingAndNotRegistered() throws Exception {
        Path output = folder.resolve("candidate");

        TrainingEvent end = last(run(factory(settings(0, null, 1, output.toString())), rows(0, 1)));

        assertThat(end.kind()).isEqualTo(TrainingEvent.Kind.REFUSED);
        assertThat(registry().models()).isEmpty();
        assertThat(names(output))
                .containsExactly(
                        "importance.json",
                        "metrics.json",
                        "model.onnx",
                        "provenance.json",
                        "reference.json",
                        "report.html",
                        "report.json",
                        "report.txt",
                        "signature.json");
        assertThat(output.resolve("report.txt")).hasContent(end.text());
        ModelArtifact written =
                ModelArtifact.read(output.resolve("model.onnx"), ContractFlags.NONE);
        assertThat(written.isNamedByItsBytes()).isTrue();
        assertThat(names(folder)).containsExactly("candidate");
    }

    @Test
    void whatIsRegisteredIsWrittenAsThatVersion() throws Exception {
        Path output = Files.createDirectory(folder.resolve("candidate"));

        TrainingEvent end =
                last(run(factory(settings(0, null, 3, output.toString())), rows(0.5, 1)));

        assertThat(end.version()).as(end.text()).isEqualTo("direction@0.1.0");
        assertThat(end.text()).contains("3 folds");
        ModelVersion version = registry().resolve(VersionName.parse("direction@0.1.0"));
        registry()
                .files(version)
                .byName()
                .forEach((name, bytes) -> assertThat(output.resolve(name)).hasBinaryContent(bytes));
    }

    @Test
    void nothingIsLearnedForAFolderThatHoldsFiles() throws Exception {
        Path mine = Files.writeString(folder.resolve("mine"), "mine");

        List<TrainingEvent> events =
                run(factory(settings(0, null, 1, folder.toString())), rows(0.5, 1));

        assertThat(last(events).kind()).isEqualTo(TrainingEvent.Kind.FAILED);
        assertThat(last(events).message()).contains("is there and not an empty folder");
        assertThat(events).noneMatch(event -> event.message().contains("exporting"));
        assertThat(names(folder)).containsExactly("mine");
        assertThat(mine).hasContent("mine");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    @Test
    void whatCannotBeTrainedFailsWithALine() throws Exception {
        TrainingEvent end = last(run(factory(settings(0, null)), List.of()));

        assertThat(end.kind()).isEqualTo(TrainingEvent.Kind.FAILED);
        assertThat(end.message()).contains("no row with a known label");
        assertThat(end.text()).isNull();
    }

    @Test
    void twoVersionsAreComparedOnLaterRows() throws Exception {
        run(factory(settings(0, "2.0.0")), rows(0.5, 1));
        ModelArtifact better =
                registry().artifact(registry().resolve(VersionName.parse("direction@2.0.0")));

        TrainingEvent end =
                last(
                        run(
                                ComparisonOperator.factory(
                                        new ComparisonSettings(
                                                SET.name(),
                                                60 * SECOND,
                                                better,
                                                START,
                                                better,
                                                START,
                                                3_600 * SECOND,
                                                null)),
                                rows(0.5, 3)));

        assertThat(end.kind()).as(end.text()).isEqualTo(TrainingEvent.Kind.KEEP);
        assertThat(end.json()).contains("\"verdict\"");
    }

    @Test
    void aRequestIsAnsweredOnceHoweverOftenItIsTrained() throws Exception {
        TrainingEnd first = end(requested("r1", null), rows(0.5, 1));
        assertThat(first)
                .isEqualTo(
                        new TrainingEnd(
                                "r1",
                                "direction",
                                TrainingEnd.Kind.REGISTERED,
                                "0.1.0",
                                null,
                                first.reason()));
        assertThat(first.reason()).isNotBlank();
        TrainingEnd again = end(requested("r1", null), rows(0.5, 1));
        assertThat(again.kind()).isEqualTo(TrainingEnd.Kind.REGISTERED);
        assertThat(again.version()).isEqualTo("0.1.0");
        assertThat(registry().model("direction").versions()).hasSize(1);
        assertThat(end(requested("r2", null), rows(0.5, 1)).version()).isEqualTo("0.2.0");
    }

    @Test
    void whatIsRequestedIsComparedWithWhatServes() throws Exception {
        registry().register(Candidates.of("direction", "1.0.0"));
        TrainingEnd better = end(requested("r1", "direction@1.0.0"), rows(0.5, 1));
        assertThat(better.kind()).as(better.reason()).isEqualTo(TrainingEnd.Kind.PROMOTE);
        assertThat(better.version()).isEqualTo("1.1.0");
        assertThat(better.champion()).isEqualTo("1.0.0");

        TrainingEnd same = end(requested("r2", "direction@1.1.0"), rows(0.5, 1));
        assertThat(same.kind()).as(same.reason()).isEqualTo(TrainingEnd.Kind.KEEP);
        assertThat(same.version()).isEqualTo("1.2.0");

        // Registered before its job was lost: compared, and not trained again.
        TrainingEnd late = end(requested("r1", "direction@1.0.0"), rows(0.5, 1));
        assertThat(late.kind()).isEqualTo(TrainingEnd.Kind.PROMOTE);
        assertThat(late.version()).isEqualTo("1.1.0");
        assertThat(registry().model("direction").versions()).hasSize(3);
    }

    @Test
    void aChampionMayBeAFileOrWhatIsBuiltIn() throws Exception {
        ModelArtifact file = Candidates.artifact("direction", "7.0.0");
        URI uri = new ModelFolder(folder.resolve("models")).place(file).uri();
        TrainingEnd end = end(requested("r1", uri.toString()), rows(0.5, 1));
        assertThat(end.kind()).as(end.reason()).isEqualTo(TrainingEnd.Kind.PROMOTE);
        assertThat(end.champion()).isEqualTo("7.0.0");
        end = end(requested("r1", "baseline-momentum"), rows(0.5, 1));
        assertThat(end.champion()).isEqualTo(BaselineMomentum.artifact().contract().version());
        assertThat(end.kind()).as(end.reason()).isEqualTo(TrainingEnd.Kind.PROMOTE);
    }

    @Test
    void aChampionThatHasLearnedFromAllRowsCannotBeToldFrom() throws Exception {
        TrainingEnd first = end(requested("r1", null), rows(0.5, 1));
        assertThat(first.version()).isEqualTo("0.1.0");
        List<TrainingRow> early = rows(0.5, 1).subList(0, ROWS * 79 / 100);
        TrainingEnd end = end(requested("r2", "direction@0.1.0"), early);
        assertThat(end.kind()).as(end.reason()).isEqualTo(TrainingEnd.Kind.INCONCLUSIVE);
        assertThat(end.reason()).contains("no labelled row later than");
    }

    @Test
    void whatFailsIsLeftBehindToo() throws Exception {
        TrainingEnd end = end(requested("r1", null), List.of());
        assertThat(end.kind()).isEqualTo(TrainingEnd.Kind.FAILED);
        assertThat(end.reason()).contains("no row with a known label");
        TrainingEnd missing = end(requested("r1", "direction@9.0.0"), rows(0.5, 1));
        assertThat(missing.kind()).isEqualTo(TrainingEnd.Kind.FAILED);
        assertThat(missing.reason()).contains("there is no model 'direction'");
    }

    @Test
    void whatFailsAfterItsVerdictIsNotExplainedByTheVerdict() throws Exception {
        registry().register(Candidates.of("direction", "2.0.0"));
        TrainingEnd end = end(settings(0, "2.0.0", 1, null, "r1", null), rows(0.5, 1));
        assertThat(end.kind()).isEqualTo(TrainingEnd.Kind.FAILED);
        assertThat(end.reason()).contains("direction@2.0.0 is there already");
        assertThat(end.version()).isNull();
    }

    /** What a training leaves behind with its job. */
    private static TrainingEnd end(TrainingSettings settings, List<TrainingRow> rows)
            throws Exception {
        try (OneInputStreamOperatorTestHarness<TrainingRow, TrainingEvent> harness =
                new OneInputStreamOperatorTestHarness<>(factory(settings))) {
            harness.open();
            for (TrainingRow row : rows) {
                harness.processElement(row, 0);
            }
            harness.endInput();
            EndAccumulator left =
                    (EndAccumulator)
                            harness.getEnvironment()
                                    .getAccumulatorRegistry()
                                    .getUserMap()
                                    .get(TrainingEnd.ACCUMULATOR);
            return new TrainingEndJson().read(left.clone().getLocalValue().getBytes(UTF_8));
        }
    }

    @Test
    void ofSeveralAccumulatorsTheOneThatSaysSomethingCounts() {
        EndAccumulator silent = new EndAccumulator();
        EndAccumulator said = new EndAccumulator();
        said.add("done");
        silent.merge(said);
        said.merge(new EndAccumulator());
        assertThat(silent.getLocalValue()).isEqualTo("done");
        assertThat(said.getLocalValue()).isEqualTo("done");
        said.resetLocal();
        assertThat(said.getLocalValue()).isEmpty();
    }

    private TrainingSettings settings(double placebo, @Nullable String version) {
        return settings(placebo, version, 1, null);
    }

    private TrainingSettings settings(
            double placebo, @Nullable String version, int folds, @Nullable String output) {
        return settings(placebo, version, folds, output, null, null);
    }

    private TrainingSettings requested(String request, @Nullable String champion) {
        return settings(0, null, 1, null, request, champion);
    }

    private TrainingSettings settings(
            double placebo,
            @Nullable String version,
            int folds,
            @Nullable String output,
            @Nullable String request,
            @Nullable String champion) {
        return new TrainingSettings(
                "direction",
                SET.name(),
                60 * SECOND,
                Map.of("horizon", "PT60S"),
                "linear",
                Map.of(),
                1,
                7,
                shares,
                folds,
                3_600 * SECOND,
                null,
                1_800 * SECOND,
                folder.resolve("registry").toString(),
                version,
                "MINOR",
                "test",
                "0.1.0",
                output,
                placebo,
                request,
                champion);
    }

    private ModelRegistry registry() {
        return Registries.open(
                folder.resolve("registry").toString(), Map.of(), InstantSource.system());
    }

    private static OneInputFactory<TrainingRow, TrainingEvent> factory(TrainingSettings settings) {
        return TrainingOperator.factory(settings);
    }

    private static List<TrainingEvent> run(
            OneInputStreamOperatorFactory<TrainingRow, TrainingEvent> factory,
            List<TrainingRow> rows)
            throws Exception {
        try (OneInputStreamOperatorTestHarness<TrainingRow, TrainingEvent> harness =
                new OneInputStreamOperatorTestHarness<>(factory)) {
            harness.open();
            for (TrainingRow row : rows) {
                harness.processElement(row, 0);
            }
            harness.endInput();
            return List.copyOf(harness.extractOutputValues());
        }
    }

    private static TrainingEvent last(List<TrainingEvent> events) {
        return events.get(events.size() - 1);
    }

    /** A row a minute for 133 hours, whose first feature says something. */
    private static List<TrainingRow> rows(double signal, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TrainingRow> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            float[] values = new float[SET.size()];
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) random.nextGaussian();
            }
            double move = signal * values[0] + random.nextGaussian();
            rows.add(
                    new TrainingRow(
                            i % 2 == 0 ? "A" : "B",
                            START + i * 60 * SECOND,
                            i,
                            values,
                            move > 0.5
                                    ? Direction.UP
                                    : move < -0.5 ? Direction.DOWN : Direction.FLAT,
                            move - 0.1,
                            -move - 0.1));
        }
        return rows;
    }
}
