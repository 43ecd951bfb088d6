package com.shivx.cli.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000;
    private static final long DAY = 24 * 3_600 * SECOND;

    private final FakeClock clock = new FakeClock(1_700_000_000L * SECOND);
    private final long yesterday = clock.micros() - DAY;

    @Test
    void keepsTheTimeBetweenTicksAtTheSpeedOfLife() throws Exception {
        assertThat(secondsOf(new Pace(Speed.REAL_TIME, clock), yesterday, yesterday + 3 * SECOND))
                .isEqualTo(3);
    }

    @Test
    void dividesTheTimeBetweenTicksByTheSpeed() throws Exception {
        assertThat(secondsOf(new Pace(new Speed(20), clock), yesterday, yesterday + 60 * SECOND))
                .isEqualTo(3);
    }

    @Test
    void waitsForNothingAtFullSpeed() throws Exception {
        assertThat(secondsOf(new Pace(Speed.MAX, clock), yesterday, yesterday + DAY)).isZero();
    }

    @Test
    void doesNotWaitForTicksThatAreLate() throws Exception {
        Pace pace = new Pace(Speed.REAL_TIME, clock);
        pace.await(yesterday, () -> false);
        clock.advance(10 * SECOND);

        assertThat(secondsOf(pace, yesterday + 4 * SECOND, yesterday + 11 * SECOND)).isEqualTo(1);
    }

    @Test
    void goesOnAtTheSpeedOfLifeWithinTenMinutesOfTheClock() throws Exception {
        Pace pace = new Pace(new Speed(20), clock);
        long start = clock.micros() - 20 * 60 * SECOND;
        pace.await(start, () -> false);
        pace.await(start + 9 * 60 * SECOND, () -> false);
        assertThat(pace.speed()).isEqualTo(new Speed(20));

        pace.await(start + 10 * 60 * SECOND + 31 * SECOND, () -> false);
        assertThat(pace.speed()).isEqualTo(Speed.REAL_TIME);
        assertThat(pace.phase()).isEqualTo(Pace.Phase.CLOSE_TO_NOW);
        assertThat(secondsOf(pace, start + 10 * 60 * SECOND + 33 * SECOND)).isEqualTo(2);
    }

    @Test
    void givesALeadInAtOnceAndTheRestAtItsSpeedFromTheReleaseOn() throws Exception {
        Pace pace = new Pace(new Speed(20), Duration.ofMinutes(40), clock);
        assertThat(secondsOf(pace, yesterday, yesterday + 2_399 * SECOND)).isZero();
        assertThat(pace.phase()).isEqualTo(Pace.Phase.LEADING_IN);
        long held = clock.micros();
        clock.onSleep(
                () -> {
                    if (pace.phase() == Pace.Phase.HELD && clock.micros() > held + 7 * SECOND) {
                        pace.release();
                    }
                });

        assertThat(secondsOf(pace, yesterday + 2_400 * SECOND)).isBetween(7.0, 7.1);
        assertThat(pace.phase()).isEqualTo(Pace.Phase.RUNNING);
        assertThat(secondsOf(pace, yesterday + 2_460 * SECOND)).isEqualTo(3);
    }

    @Test
    void doesNotHoldWhatWasReleasedBeforeTheLeadInWasOver() throws Exception {
        Pace pace = new Pace(Speed.MAX, Duration.ofMinutes(40), clock);
        pace.release();

        assertThat(secondsOf(pace, yesterday, yesterday + DAY)).isZero();
        assertThat(pace.phase()).isEqualTo(Pace.Phase.RUNNING);
    }

    @Test
    void isNotHeldByALeadInWhenItIsStopped() throws Exception {
        Pace pace = new Pace(new Speed(20), Duration.ofMinutes(40), clock);
        pace.await(yesterday, () -> false);
        long start = clock.micros();

        assertThat(pace.await(yesterday + 2_400 * SECOND, () -> clock.micros() > start + SECOND))
                .isFalse();
    }

    @Test
    void waitsNoLongerThanAnyoneWantsTo() throws Exception {
        Pace pace = new Pace(Speed.REAL_TIME, clock);
        pace.await(yesterday, () -> false);
        long start = clock.micros();

        assertThat(pace.await(yesterday + 3_600 * SECOND, () -> clock.micros() > start + SECOND))
                .isFalse();
        assertThat(clock.micros() - start).isBetween(SECOND, SECOND + SECOND / 5);
    }

    @Test
    void readsSpeedsAsPeopleWriteThem() {
        assertThat(Speed.parse("max")).isEqualTo(Speed.MAX).hasToString("max");
        assertThat(Speed.parse("10")).hasToString("10×");
        assertThat(Speed.parse("0.5")).hasToString("0.5×");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Speed.parse("fast"))
                .withMessage("a speed is a positive number or max, not 'fast'");
        assertThatIllegalArgumentException().isThrownBy(() -> Speed.parse("0"));
        assertThatIllegalArgumentException().isThrownBy(() -> Speed.parse("NaN"));
    }

    private double secondsOf(Pace pace, long... receivedMicros) throws InterruptedException {
        long before = clock.micros();
        for (long micros : receivedMicros) {
            pace.await(micros, () -> false);
        }
        return (clock.micros() - before) / (double) SECOND;
    }

    /** A clock that moves only when someone sleeps. */
    private static final class FakeClock implements Clock {
        private long micros;
        private Runnable onSleep = () -> {};

        FakeClock(long micros) {
            this.micros = micros;
        }

        void onSleep(Runnable action) {
            onSleep = action;
        }

        void advance(long byMicros) {
            micros += byMicros;
        }

        @Override
        public long nanos() {
            return micros * 1_000;
        }

        @Override
        public long micros() {
            return micros;
        }

        @Override
        public void sleep(long nanos) {
            micros += nanos / 1_000;
            onSleep.run();
        }
    }
}
