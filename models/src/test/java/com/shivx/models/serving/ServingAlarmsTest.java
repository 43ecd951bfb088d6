package com.shivx.models.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.Alarm;
import com.shivx.models.PredictionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServingAlarmsTest {

    private static final String BASE = "1.0.0";
    private static final String CANDIDATE = "2.0.0";
    private static final long EVENT_MICROS = 1_398_902_400_000_000L;

    private final ServingState state = new ServingState();
    private ServingAlarms alarms = alarms(Duration.ZERO);
    private final List<Alarm> told = new ArrayList<>();

    /** Of 1,000 predictions in a window, so many took two seconds and the rest ten milliseconds. */
    @ParameterizedTest
    @CsvSource({"0, false", "49, false", "50, false", "51, true", "1000, true"})
    void isLateWhenMoreThanFivePercentAre(int late, boolean raised) {
        part(1, 0, counts(1, i -> 10));
        part(1, 59, counts(1_000, i -> i < late ? 2_000 : 10));
        assertThat(told).as("the window is not over").isEmpty();
        assertThat(state.latencyP95Millis).isNaN();
        part(1, 60, counts(1, i -> 10));

        assertThat(lines()).hasSize(raised ? 1 : 0);
        assertThat(state.latencyP95Millis)
                .isBetween(raised ? 1_900.0 : 10.0, raised ? 2_000.0 : 10.0);
        if (raised) {
            Alarm alarm = told.get(0);
            assertThat(alarm.kind()).isEqualTo(Alarm.Kind.LATENCY);
            assertThat(alarm.alarmId()).isEqualTo("LATENCY~direction");
            assertThat(alarm.modelVersion()).isNull();
            assertThat(alarm.sinceMicros()).isEqualTo(EVENT_MICROS);
            assertThat(alarm.reason()).contains("1002 predictions").contains("500 ms is the most");
            assertThat(alarm.evidence())
                    .containsEntry("predictions", 1_002.0)
                    .containsEntry("most_millis", 500.0)
                    .hasEntrySatisfying(
                            "p95_millis", p95 -> assertThat(p95).isBetween(1_900.0, 2_000.0));
        }
    }

    @Test
    void lateIsToldOnceAndClearedByTheNextWindowThatIsNot() {
        minute(0, 2_000);
        minute(1, 2_000);
        minute(2, 2_000);
        assertThat(lines()).containsExactly("LATENCY null true 1");
        minute(3, 10);
        minute(4, 10);
        minute(5, 10);
        assertThat(lines()).containsExactly("LATENCY null true 1", "LATENCY null false 1");
    }

    @Test
    void isNotToldAgainBeforeTheCooldownIsOver() {
        alarms = alarms(Duration.ofMinutes(10));
        for (int minute = 0; minute < 10; minute++) {
            minute(minute, minute % 2 == 0 ? 2_000 : 10);
        }
        assertThat(lines()).containsExactly("LATENCY null true 1", "LATENCY null false 1");
        for (int minute = 10; minute < 14; minute++) {
            minute(minute, 2_000);
        }
        assertThat(lines()).hasSize(3).last().isEqualTo("LATENCY null true 1");
    }

    /** One a second makes a hundred in more than a minute. */
    @Test
    void aSlowMarketIsJudgedInLongerWindows() {
        for (int second = 0; second < 99; second++) {
            part(1, second, counts(1, i -> 2_000));
        }
        assertThat(told).isEmpty();
        part(1, 99, counts(1, i -> 2_000));
        assertThat(lines()).containsExactly("LATENCY null true 1");
    }

    @Test
    void everySubtaskCountsForOneWindowWhicheverClockIsAhead() {
        part(1, 3_600, counts(400, i -> 2_000));
        part(1, 0, counts(400, i -> 2_000));
        part(1, 60, counts(400, i -> 2_000));
        assertThat(lines()).containsExactly("LATENCY null true 1");
    }

    @ParameterizedTest
    @CsvSource({
        // Of a thousand one in a thousand is allowed, and of fewer none is more than that.
        "INVALID_OUTPUT,    1,  100, false",
        "INVALID_OUTPUT,    2,  100, true",
        "INVALID_OUTPUT,    1, 1000, false",
        "INVALID_OUTPUT,    2, 1000, true",
        "INVALID_OUTPUT,   10, 10000, false",
        "INVALID_OUTPUT,   11, 10000, true",
        "FAILED,           10,  100, false",
        "FAILED,           11,  100, true",
        "TIMEOUT,         100, 10000, false",
        "TIMEOUT,         101, 10000, true"
    })
    void answersThatAreNoneAreToldAtOnceWhenTooMany(
            PredictionStatus status, int bad, int all, boolean raised) {
        part(1, 0, with(CANDIDATE, status, bad, all));

        assertThat(told).hasSize(raised ? 1 : 0);
        if (raised) {
            Alarm alarm = told.get(0);
            assertThat(alarm.kind())
                    .isEqualTo(
                            status == PredictionStatus.INVALID_OUTPUT
                                    ? Alarm.Kind.INVALID_OUTPUT
                                    : Alarm.Kind.ERRORS);
            assertThat(alarm.alarmId()).isEqualTo(alarm.kind() + "~direction~2.0.0");
            assertThat(alarm.modelVersion()).isEqualTo(CANDIDATE);
            assertThat(alarm.generation()).isEqualTo(1);
            assertThat(alarm.sinceMicros()).isEqualTo(EVENT_MICROS);
            assertThat(alarm.reason()).contains(bad + " of " + all);
            assertThat(alarm.evidence()).containsEntry("share", (double) bad / all);
        }
    }

    @Test
    void theReasonSaysHowManyAndHowManyMayBe() {
        part(1, 0, with(CANDIDATE, PredictionStatus.INVALID_OUTPUT, 7, 50));
        part(1, 1, with(BASE, PredictionStatus.TIMEOUT, 20, 50));
        assertThat(told)
                .extracting(Alarm::reason)
                .containsExactly(
                        "7 of 50 answers are none: not finite, or no probabilities; 0.1 % is the most",
                        "20 of 100 vectors were not answered: 0 failed, 20 timed out; 1 % is the most");
    }

    @Test
    void isFineAgainWhenAWholeWindowIs() {
        part(1, 0, with(CANDIDATE, PredictionStatus.INVALID_OUTPUT, 100, 100));
        part(1, 61, with(CANDIDATE, PredictionStatus.INVALID_OUTPUT, 0, 900));
        assertThat(lines()).as("100 of 1,000").containsExactly("INVALID_OUTPUT 2.0.0 true 1");
        part(1, 62, with(CANDIDATE, PredictionStatus.INVALID_OUTPUT, 0, 900));
        part(1, 124, with(CANDIDATE, PredictionStatus.INVALID_OUTPUT, 0, 99));
        assertThat(lines()).as("999 are too few to clear it").hasSize(1);
        part(1, 125, with(CANDIDATE, PredictionStatus.INVALID_OUTPUT, 0, 1));
        assertThat(lines())
                .containsExactly("INVALID_OUTPUT 2.0.0 true 1", "INVALID_OUTPUT 2.0.0 false 1");
        assertThat(told.get(1).alarmId()).isEqualTo(told.get(0).alarmId());
    }

    @Test
    void isClearedWhenItsVersionIsServedNoMoreThoughNoVectorComes() {
        part(1, 0, with(CANDIDATE, PredictionStatus.INVALID_OUTPUT, 100, 100));
        part(1, 1, with(CANDIDATE, PredictionStatus.FAILED, 100, 100));
        announce(2, 2, BASE, BASE);
        assertThat(lines())
                .containsExactly(
                        "INVALID_OUTPUT 2.0.0 true 1",
                        "ERRORS 2.0.0 true 1",
                        "INVALID_OUTPUT 2.0.0 false 2",
                        "ERRORS 2.0.0 false 2");
        assertThat(told.get(2).reason()).isEqualTo("direction@2.0.0 is not deployed any more");
        told.clear();

        // A subtask that is slower to go over still counts it.
        part(1, 3, with(CANDIDATE, PredictionStatus.INVALID_OUTPUT, 100, 100));
        assertThat(told).isEmpty();
        assertThat(state.versions).containsOnlyKeys(BASE);

        // And a second try is watched from its first vector, whatever the cooldown.
        announce(3, 4, BASE, BASE, CANDIDATE);
        part(3, 5, with(CANDIDATE, PredictionStatus.INVALID_OUTPUT, 100, 100));
        assertThat(lines()).containsExactly("INVALID_OUTPUT 2.0.0 true 3");
    }

    @Test
    void whatStandsAboutACandidateIsToldAgainToADeploymentThatGoesOnWithIt() {
        part(1, 0, with(CANDIDATE, PredictionStatus.INVALID_OUTPUT, 100, 100));
        part(1, 1, with(BASE, PredictionStatus.FAILED, 100, 100));
        announce(2, 2, BASE, BASE, CANDIDATE);
        announce(2, 3, BASE, BASE, CANDIDATE);
        assertThat(lines())
                .containsExactly(
                        "INVALID_OUTPUT 2.0.0 true 1",
                        "ERRORS 1.0.0 true 1",
                        "INVALID_OUTPUT 2.0.0 true 2");
        assertThat(told.get(2).alarmId()).isEqualTo(told.get(0).alarmId());
        assertThat(told.get(2).evidence()).isEqualTo(told.get(0).evidence());
    }

    @Test
    void aJobStartedWithAnotherModelForgetsTheOneBefore() {
        announce(0, 0, BASE, BASE);
        part(0, 1, with(BASE, PredictionStatus.FAILED, 100, 100));
        announce(0, 2, CANDIDATE, CANDIDATE);
        assertThat(lines()).containsExactly("ERRORS 1.0.0 true 0", "ERRORS 1.0.0 false 0");
        assertThat(state.versions).containsOnlyKeys(CANDIDATE);
    }

    @Test
    void takesTooLongWhenItsSlowestAreBeyondTwiceTheChampions() {
        calls(0, 1_500, 4_000);
        calls(60, 1_500, 4_000);
        assertThat(lines()).containsExactly("INFERENCE_TIME 2.0.0 true 1");
        assertThat(told.get(0).reason()).contains("of 2000 calls").contains("1.0.0");
        assertThat(told.get(0).evidence())
                .containsEntry("calls", 2_000.0)
                .containsEntry("most_times", 2.0);
        calls(61, 1_500, 1_600);
        calls(121, 1_500, 1_600);
        assertThat(lines())
                .containsExactly("INFERENCE_TIME 2.0.0 true 1", "INFERENCE_TIME 2.0.0 false 1");
    }

    @Test
    void isNeverTooSlowBelowTheFloor() {
        calls(0, 100, 900);
        calls(60, 100, 900);
        assertThat(told).isEmpty();
    }

    @Test
    void isNotTooSlowAnyMoreWhenItIsTheChampion() {
        calls(0, 1_500, 4_000);
        calls(60, 1_500, 4_000);
        announce(2, 61, CANDIDATE, BASE, CANDIDATE);
        assertThat(lines())
                .containsExactly("INFERENCE_TIME 2.0.0 true 1", "INFERENCE_TIME 2.0.0 false 2");
        assertThat(told.get(1).reason()).isEqualTo("direction@2.0.0 is the champion now");
    }

    /** A pause of the machine in one call of a hundred says nothing of either. */
    @Test
    void aVersionThatTakesExactlyTwiceAsLongIsLeftAlone() {
        long seed = Long.getLong("shivx.seed", new SplittableRandom().nextInt(1_000_000));
        System.out.println("ServingAlarmsTest: -Dshivx.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        ServingVerdicts verdicts = new ServingVerdicts(rules(Duration.ZERO));
        int windows = 500;
        int twice = 0;
        int fourfold = 0;
        for (int window = 0; window < windows; window++) {
            if (isTooSlow(verdicts, 2, random)) {
                twice++;
            }
            if (isTooSlow(verdicts, 4, random)) {
                fourfold++;
            }
        }
        assertThat(twice).as("windows of %d", windows).isLessThanOrEqualTo(2);
        assertThat(fourfold).as("windows of %d", windows).isGreaterThan(windows * 9 / 10);
    }

    private static boolean isTooSlow(
            ServingVerdicts verdicts, double times, SplittableRandom random) {
        CallsWindow window = new CallsWindow();
        for (int call = 0; call < 20_000; call++) {
            window.championMicros.add((long) (1_000 * Math.exp(0.5 * random.nextGaussian())));
            window.ownMicros.add((long) (times * 1_000 * Math.exp(0.5 * random.nextGaussian())));
        }
        return verdicts.inferenceTime(window, BASE).verdict() == Finding.Verdict.TROUBLE;
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,   PT0.5S, 0.001, 0.01, 2,   PT0.001S, PT0S, serving.window is 0 ms",
        "PT1M,   PT0S,   0.001, 0.01, 2,   PT0.001S, PT0S, serving.latency-p95 is 0 ms",
        "PT1M,   PT0.5S, -0.1,  0.01, 2,   PT0.001S, PT0S, serving.max-invalid-share is -0.1",
        "PT1M,   PT0.5S, 0.001, NaN,  2,   PT0.001S, PT0S, serving.max-error-share is NaN",
        "PT1M,   PT0.5S, 0.001, 0.01, 0.9, PT0.001S, PT0S, serving.inference-ratio is 0.9",
        "PT1M,   PT0.5S, 0.001, 0.01, 2,   PT-1S,    PT0S, serving.inference-floor is -1000000",
        "PT1M,   PT0.5S, 0.001, 0.01, 2,   PT0S,     PT-1S, serving.cooldown is -1000000"
    })
    void refusesRulesThatCannotHold(
            Duration window,
            Duration latency,
            double invalid,
            double errors,
            double ratio,
            Duration floor,
            Duration cooldown,
            String reason) {
        assertThatThrownBy(
                        () ->
                                ServingRules.of(
                                        window, latency, invalid, errors, ratio, floor, cooldown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("let it be");
    }

    private static ServingAlarms alarms(Duration cooldown) {
        return new ServingAlarms(rules(cooldown));
    }

    private static ServingRules rules(Duration cooldown) {
        return ServingRules.of(
                Duration.ofMinutes(1),
                Duration.ofMillis(500),
                0.001,
                0.01,
                2,
                Duration.ofMillis(1),
                cooldown);
    }

    /** A window, of 1,000 predictions in two parts. */
    private void minute(int minute, int latencyMillis) {
        part(1, minute * 61, counts(500, i -> latencyMillis));
        part(1, minute * 61 + 60, counts(500, i -> latencyMillis));
    }

    private void calls(long second, int championMicros, int ownMicros) {
        ServingCounts champion = counts(1_000, i -> 10);
        ServingCounts own = counts(1_000, i -> 10);
        for (int i = 0; i < 1_000; i++) {
            champion.callMicros.add(championMicros);
            own.callMicros.add(ownMicros);
        }
        told.addAll(
                alarms.onPart(
                        part(1, second, BASE, Map.of(BASE, champion, CANDIDATE, own)), state));
    }

    private void part(long generation, long second, ServingCounts base) {
        part(generation, second, Map.of(BASE, base, CANDIDATE, new ServingCounts()));
    }

    private void part(long generation, long second, Map<String, ServingCounts> versions) {
        told.addAll(alarms.onPart(part(generation, second, BASE, versions), state));
    }

    private void announce(long generation, long second, String champion, String... versions) {
        Map<String, ServingCounts> none = new LinkedHashMap<>();
        for (String version : versions) {
            none.put(version, new ServingCounts());
        }
        told.addAll(alarms.onPart(part(generation, second, champion, none), state));
    }

    private static ServingPart part(
            long generation, long second, String champion, Map<String, ServingCounts> versions) {
        return new ServingPart(
                "direction",
                generation,
                champion,
                EVENT_MICROS + second * 1_000_000,
                1_800_000_000_000L + second * 1_000,
                versions);
    }

    private static ServingCounts counts(int answered, IntUnaryOperator latencyMillis) {
        ServingCounts counts = new ServingCounts();
        counts.answers.add(PredictionStatus.OK, answered);
        for (int i = 0; i < answered; i++) {
            counts.latencyMillis.add(latencyMillis.applyAsInt(i));
        }
        return counts;
    }

    /** Both answer so many, one of them some otherwise. */
    private static Map<String, ServingCounts> with(
            String version, PredictionStatus status, int bad, int all) {
        ServingCounts counts = counts(all - bad, i -> 1);
        counts.answers.add(status, bad);
        return version.equals(BASE)
                ? Map.of(BASE, counts, CANDIDATE, counts(all, i -> 1))
                : Map.of(BASE, counts(all, i -> 1), CANDIDATE, counts);
    }

    private List<String> lines() {
        return told.stream()
                .map(
                        alarm ->
                                alarm.kind()
                                        + " "
                                        + alarm.modelVersion()
                                        + " "
                                        + alarm.raised()
                                        + " "
                                        + alarm.generation())
                .toList();
    }
}
