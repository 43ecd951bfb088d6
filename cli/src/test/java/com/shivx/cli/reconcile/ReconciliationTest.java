package com.shivx.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

    private static final Map<String, Long> SET_ASIDE = Map.of("CROSSED", 30L);
    private static final Map<String, Long> DEAD_LETTERS = Map.of("NOT_JSON", 2L);

    @Test
    void addsUpWhenEveryRowIsSomewhere() {
        assertThat(found(1_000, 900, 900).differences()).isEmpty();
        assertThat(found(1_000, 900, 900).addsUp()).isTrue();
    }

    @Test
    void namesTheSideThatMissesAndHowMany() {
        assertThat(found(1_007, 900, 900).differences())
                .containsExactly("momentum@1.0.0 in Kafka misses 7 of 1,007 rows read");
        assertThat(found(990, 900, 900).differences())
                .containsExactly("momentum@1.0.0 in Kafka holds 10 more than the 990 rows read");
    }

    @Test
    void namesRepeatedIds() {
        assertThat(found(1_000, 900, 897).differences())
                .containsExactly("3 of 900 predictions repeat an id");
    }

    @Test
    void addsUpWithoutPredictionsWhileAllIsWarmingUp() {
        assertThat(
                        new Reconciliation(
                                        68,
                                        Map.of(),
                                        Map.of(),
                                        inKafka(68),
                                        Map.of(),
                                        Map.of(),
                                        0,
                                        0,
                                        1)
                                .addsUp())
                .isTrue();
        assertThat(
                        new Reconciliation(
                                        69,
                                        Map.of(),
                                        Map.of(),
                                        inKafka(68),
                                        Map.of(),
                                        Map.of(),
                                        0,
                                        0,
                                        1)
                                .differences())
                .containsExactly("Kafka misses 1 of 69 rows read");
    }

    @Test
    void everyModelLineMustServeEveryVector() {
        Map<String, Long> served = Map.of("a@1.0.0", 10L, "b@2.0.0", 9L);

        Reconciliation found =
                new Reconciliation(10, served, Map.of(), inKafka(0), Map.of(), Map.of(), 19, 19, 1);

        assertThat(found.differences())
                .containsExactly("b@2.0.0 in Kafka misses 1 of 10 rows read");
    }

    /** Of a line that came later, or is for some symbols, nobody knows how much it should have. */
    @Test
    void holdsALineOfAPartAgainstTheMostThatItCanHave() throws Exception {
        Reconciliation found = found(Map.of("a", 10L), Map.of("b", 4L));

        assertThat(found.differences()).isEmpty();
        assertThat(ReconciliationText.lines(found))
                .contains(
                        "  = predictions                10   a",
                        "  < predictions                 4   b, deployed meanwhile or for some symbols",
                        "  It adds up.   1.0 s, 10 ticks/s");
        assertThat(new ObjectMapper().readTree(ReconciliationJson.of(found)).at("/servedOfPart/b"))
                .hasToString("4");
        assertThat(found(Map.of("a", 10L), Map.of("b", 11L)).differences())
                .containsExactly("b in Kafka holds 1 more than the 10 rows read");
        assertThat(ReconciliationText.lines(found(Map.of(), Map.of("b", 4L))))
                .contains("  What is known does not contradict.   1.0 s, 10 ticks/s");
    }

    private static Reconciliation found(Map<String, Long> served, Map<String, Long> ofPart) {
        return new Reconciliation(10, served, ofPart, inKafka(0), Map.of(), Map.of(), 14, 14, 1);
    }

    @Test
    void readsAsASum() {
        assertThat(ReconciliationText.lines(found(1_000, 900, 900)))
                .containsExactly(
                        "Reconciliation",
                        "  rows read                 1,000",
                        "  = predictions               900   momentum@1.0.0",
                        "  + not ready                  68",
                        "  + set aside                  30   CROSSED 30",
                        "  + dead letters                2   NOT_JSON 2",
                        "  committed                   900   predictions, 900 unique ids",
                        "  It adds up.   4.0 s, 250 ticks/s");
    }

    @Test
    void saysInTheSumWhatDoesNotAddUp() {
        assertThat(ReconciliationText.lines(found(1_007, 900, 900)))
                .endsWith(
                        "  does not add up: momentum@1.0.0 in Kafka misses 7 of 1,007 rows read",
                        "  It does not add up.   4.0 s, 252 ticks/s");
    }

    @Test
    void programsReadTheSameNumbers() throws Exception {
        JsonNode json = new ObjectMapper().readTree(ReconciliationJson.of(found(1_000, 900, 900)));

        assertThat(json)
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"rows": 1000, "predictions": 900, "notReady": 68,
                                         "setAside": {"CROSSED": 30}, "deadLetters": {"NOT_JSON": 2},
                                         "committed": {"predictions": 900, "uniqueIds": 900},
                                         "addsUp": true, "seconds": 4.0, "ticksPerSecond": 250.0,
                                         "served": {"momentum@1.0.0": 900}, "servedOfPart": {},
                                         "differences": []}
                                        """));
    }

    @Test
    void takesTheJobsOwnCountWhereVectorsAreNotWritten() {
        Reconciliation found = found(new NotReady(68, NotReady.Source.FLINK), 1_000, 900, 900);

        assertThat(found.addsUp()).isTrue();
        assertThat(ReconciliationText.lines(found))
                .contains(
                        "  + not ready                  68   counted by the job, as vectors are not written",
                        "  It adds up.   4.0 s, 250 ticks/s");
    }

    @Test
    void claimsNothingOfWhatNobodyHasCounted() throws Exception {
        Reconciliation found = found(NotReady.UNKNOWN, 1_000, 900, 900);

        assertThat(found.differences()).isEmpty();
        assertThat(ReconciliationText.lines(found))
                .contains(
                        "  + not ready           not known   vectors are not written, and a restart has lost the job's count",
                        "  What is known does not contradict.   4.0 s, 250 ticks/s");
        assertThat(new ObjectMapper().readTree(ReconciliationJson.of(found)).get("notReady"))
                .isEqualTo(NullNode.getInstance());
        assertThat(found(NotReady.UNKNOWN, 931, 900, 900).differences())
                .containsExactly("momentum@1.0.0 in Kafka holds 1 more than the 931 rows read");
        assertThat(found(NotReady.UNKNOWN, 1_000, 900, 899).differences())
                .containsExactly("1 of 900 predictions repeat an id");
    }

    private static NotReady inKafka(long vectors) {
        return new NotReady(vectors, NotReady.Source.KAFKA);
    }

    private static Reconciliation found(long rows, long predictions, long uniqueIds) {
        return found(inKafka(68), rows, predictions, uniqueIds);
    }

    private static Reconciliation found(
            NotReady notReady, long rows, long predictions, long uniqueIds) {
        return new Reconciliation(
                rows,
                Map.of("momentum@1.0.0", predictions),
                Map.of(),
                notReady,
                SET_ASIDE,
                DEAD_LETTERS,
                predictions,
                uniqueIds,
                4);
    }
}
