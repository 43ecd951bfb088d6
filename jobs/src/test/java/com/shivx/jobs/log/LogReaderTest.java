package com.shivx.jobs.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.FeatureVector;
import com.shivx.features.tick.TickKind;
import com.shivx.jobs.testing.LogRun;
import com.shivx.jobs.testing.WrittenLog;
import com.shivx.models.Prediction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {

    private static final LocalDate END = LogRun.FIRST.plusDays(3);

    private final LoggedVectors records = new LoggedVectors();
    private final List<FeatureVector> vectors = LogRun.vectors(1_000, 7);

    @TempDir Path folder;
    private WrittenLog log;

    @BeforeEach
    void openLog() {
        log = new WrittenLog(folder);
    }

    @Test
    void givesTheSameOrderHoweverTheRowsLie() throws Exception {
        List<FeatureVector> shuffled = new ArrayList<>(vectors);
        Collections.shuffle(shuffled, new Random(1));
        write("part-z.avro", shuffled.subList(0, 300));
        write("compacted-part-b.avro", shuffled.subList(300, 301));
        write("part-a.avro", shuffled.subList(301, 1_000));

        assertThat(texts(all(read(LogRun.FIRST, END)))).isEqualTo(texts(sorted(vectors)));
    }

    /** As many parts of a day as it takes, each boundary between two rows. */
    @Test
    void readsALongDayInParts() throws Exception {
        write("part-a.avro", vectors);

        for (int maxRows : new int[] {1, 7, 333, 5_000}) {
            LogRows<FeatureVector> rows =
                    LogReader.features(log.path(), LogRun.SET, maxRows).read(LogRun.FIRST, END);
            assertThat(texts(all(rows))).as("%d rows", maxRows).isEqualTo(texts(sorted(vectors)));
        }
    }

    @Test
    void givesARecordOnceThatWasLoggedTwice() throws Exception {
        write("part-a.avro", vectors);
        write("part-b.avro", vectors.subList(500, 700));

        LogRows<FeatureVector> rows = read(LogRun.FIRST, END);
        assertThat(texts(all(rows))).isEqualTo(texts(sorted(vectors)));
        assertThat(rows.repeats()).isEqualTo(200);
    }

    @Test
    void readsFromADateToBeforeAnother() throws Exception {
        write("part-a.avro", vectors);
        LocalDate second = LogRun.FIRST.plusDays(1);

        List<FeatureVector> expected =
                vectors.stream()
                        .filter(vector -> EventDate.of(vector.eventTimeMicros()).equals(second))
                        .toList();
        assertThat(expected).isNotEmpty().hasSizeLessThan(vectors.size());
        assertThat(texts(all(read(second, END.minusDays(1))))).isEqualTo(texts(sorted(expected)));
        assertThat(read(END, END.plusYears(10)).next()).isNull();
        assertThatThrownBy(() -> read(second, second)).hasMessageContaining("is no date at all");
    }

    @Test
    void passesOverWhatIsNotFinished() throws Exception {
        write("part-a.avro", vectors);
        write(".part-b.avro", LogRun.vectors(10, 8));
        write(".part-c.avro.inprogress.4711", LogRun.vectors(10, 9));
        Files.writeString(folder.resolve("features/notes.txt"), "ours");

        assertThat(texts(all(read(LogRun.FIRST, END)))).isEqualTo(texts(sorted(vectors)));
        LogFolder found = LogFolder.list(log.path(), LogKind.FEATURES);
        assertThat(found.finished()).hasSize(3);
        assertThat(found.unfinished()).hasSize(4);
        assertThat(found.strays()).singleElement().asString().endsWith("notes.txt");
    }

    /** A set that was changed without a new name. */
    @Test
    void refusesAVectorOfAnotherSetOfThatName() throws Exception {
        write("part-a.avro", vectors);
        Path file = log.find("part-a.avro");
        FeatureVector foreign = ofHash("f".repeat(64));
        write("part-b.avro", List.of(foreign));
        Path strange = log.find("part-b.avro");
        assertThat(strange.getParent().getParent().getFileName())
                .hasToString("feature_set=ffffffff");
        Files.move(strange, file.resolveSibling("part-b.avro"));

        assertThatThrownBy(() -> all(read(LogRun.FIRST, END)))
                .isInstanceOf(LogFileException.class)
                .hasMessageContaining("part-b.avro")
                .hasMessageContaining("is of feature set ffff")
                .hasMessageContaining("not of market-v1");
    }

    @Test
    void readsVectorsThatWereLoggedWithoutTheirSetOnTheClassPath() throws Exception {
        write("part-a.avro", vectors);
        Files.move(
                folder.resolve("features/feature_set=market-v1"),
                folder.resolve("features/feature_set=" + LogRun.SET.shortHash()));

        assertThat(texts(all(read(LogRun.FIRST, END)))).isEqualTo(texts(sorted(vectors)));
    }

    @Test
    void namesTheFileThatIsDamaged() throws Exception {
        write("part-a.avro", vectors);
        Path file = log.find("part-a.avro");
        byte[] bytes = Files.readAllBytes(file);

        for (int cut : new int[] {1, 16, 17, 20, bytes.length / 2}) {
            Files.write(file, Arrays.copyOf(bytes, bytes.length - cut));
            assertDamaged("it ends in the middle of a block");
        }
        // The first byte of the only block: how many rows there are, less than none.
        bytes[bytes.length - blockBytes(bytes)] ^= 1;
        Files.write(file, bytes);
        assertDamaged("is damaged after row 0");
        Files.write(file, new byte[] {1, 2, 3});
        assertDamaged("cannot be opened");
        Files.write(file, new byte[0]);
        assertDamaged("cannot be opened");
    }

    /** What comes behind the header, which ends with the mark that the file ends with. */
    private static int blockBytes(byte[] file) {
        byte[] mark = Arrays.copyOfRange(file, file.length - 16, file.length);
        for (int end = 16; end < file.length; end++) {
            if (Arrays.equals(file, end - 16, end, mark, 0, 16)) {
                return file.length - end;
            }
        }
        throw new AssertionError("no header");
    }

    private void assertDamaged(String how) {
        assertThatThrownBy(() -> all(read(LogRun.FIRST, END)))
                .isInstanceOf(LogFileException.class)
                .hasMessageContaining("part-a.avro")
                .hasMessageContaining(how)
                .hasMessageContaining("move the file away");
    }

    @Test
    void refusesARecordThatLiesAtAnotherDate() throws Exception {
        write("part-a.avro", vectors);
        Path sets = folder.resolve("features/feature_set=market-v1");
        Files.move(sets.resolve("event_date=2014-05-01"), sets.resolve("event_date=2014-04-30"));

        assertThatThrownBy(() -> all(read(LogRun.FIRST.minusDays(1), END)))
                .hasMessageContaining("of another date");
    }

    @Test
    void saysWhereThereIsNoLog() {
        assertThatThrownBy(
                        () ->
                                LogReader.predictions(
                                                new org.apache.flink.core.fs.Path(
                                                        folder.resolve("nothing").toUri()))
                                        .read(LogRun.FIRST, END))
                .hasMessageContaining("there is no such folder");
    }

    @Test
    void readsPredictionsOfOneVectorByEachVersion() throws Exception {
        List<Prediction> predictions = LogRun.predictions(vectors);
        LoggedPredictions kind = new LoggedPredictions();
        log.write(LogKind.PREDICTIONS, kind, "part-a.avro", predictions);
        log.write(LogKind.PREDICTIONS, kind, "part-b.avro", predictions.subList(0, 100));

        LogRows<Prediction> rows = LogReader.predictions(log.path()).read(LogRun.FIRST, END);
        List<Prediction> expected =
                predictions.stream()
                        .sorted(
                                Comparator.comparingLong(Prediction::eventTimeMicros)
                                        .thenComparing(Prediction::symbol)
                                        .thenComparing(Prediction::predictionId))
                        .toList();
        assertThat(LogRun.texts(kind, all(rows))).isEqualTo(LogRun.texts(kind, expected));
        assertThat(rows.repeats()).isEqualTo(100);
    }

    @Test
    void summarizesWhatThereIs() throws Exception {
        write("part-a.avro", vectors);
        List<Prediction> predictions = LogRun.predictions(vectors);
        log.write(LogKind.PREDICTIONS, new LoggedPredictions(), "part-a.avro", predictions);
        Path second = folder.resolve("predictions/event_date=2014-05-02");
        Files.delete(second.resolve("part-a.avro"));
        Files.write(folder.resolve("predictions/event_date=2014-05-03/bad.avro"), new byte[9]);
        List<String> read = new ArrayList<>();

        LogSummary features =
                LogSummary.of(
                                LogFolder.list(log.path(), LogKind.FEATURES),
                                LogKind.FEATURES,
                                (kind, done, total) -> read.add(kind + (done == total)))
                        .get(0);
        assertThat(features.featureSet()).isEqualTo("market-v1");
        assertThat(features.rows()).isEqualTo(1_000);
        assertThat(features.firstDate()).isEqualTo(LogRun.FIRST);
        assertThat(features.lastDate()).isEqualTo(END.minusDays(1));
        assertThat(features.rowsBySymbol()).containsEntry("S0", 334L).hasSize(3);
        assertThat(features.largestSymbol()).isEqualTo("S0");
        assertThat(features.gaps()).isEmpty();
        assertThat(features.problems()).isEmpty();
        assertThat(read).containsExactly("featuresfalse", "featuresfalse", "featurestrue");

        LogSummary predicted =
                LogSummary.of(
                                LogFolder.list(log.path(), LogKind.PREDICTIONS),
                                LogKind.PREDICTIONS,
                                (kind, done, total) -> {})
                        .get(0);
        assertThat(predicted.gaps()).hasToString("[2014-05-02]");
        assertThat(predicted.files()).isEqualTo(3);
        assertThat(predicted.rowsByVersion().keySet())
                .containsExactly("direction@1.0.0", "direction@1.1.0");
        assertThat(predicted.problems()).singleElement().asString().contains("bad.avro");
    }

    private FeatureVector ofHash(String hash) {
        FeatureVector vector = vectors.get(0);
        return new FeatureVector(
                "other", "S0", TickKind.TRADE, vector.eventTimeMicros(), hash, true, new float[2]);
    }

    private void write(String name, List<FeatureVector> all) throws Exception {
        log.write(LogKind.FEATURES, records, name, all);
    }

    private LogRows<FeatureVector> read(LocalDate from, LocalDate to) throws Exception {
        return LogReader.features(log.path(), LogRun.SET).read(from, to);
    }

    private static List<FeatureVector> sorted(List<FeatureVector> all) {
        return all.stream()
                .sorted(
                        Comparator.comparingLong(FeatureVector::eventTimeMicros)
                                .thenComparing(FeatureVector::symbol)
                                .thenComparing(FeatureVector::vectorId))
                .toList();
    }

    private List<String> texts(List<FeatureVector> all) {
        return LogRun.texts(records, all);
    }

    private static <T> List<T> all(LogRows<T> rows) throws Exception {
        List<T> all = new ArrayList<>();
        for (T row = rows.next(); row != null; row = rows.next()) {
            all.add(row);
        }
        return all;
    }
}
