package com.shivx.cli.flink;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.cli.console.CommandException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobWatchTest {

    private static final long SECOND = 1_000_000_000;

    private final FakeJob job = new FakeJob();
    private final JobWatch watch = new JobWatch(job);

    @Test
    void reportsAFailedJobAtOnceWithItsCause() {
        job.state = "FAILED";
        job.failures.add("IllegalStateException: no disk");

        assertThatThrownBy(() -> watch.check(0, 0, true))
                .isInstanceOf(CommandException.class)
                .hasMessage("the job has failed: IllegalStateException: no disk");
    }

    @Test
    void waitsForTheCauseOfAnEnd() {
        job.state = "FAILED";
        watch.check(SECOND, 0, true);
        job.failures.add("IllegalStateException: no GPU");
        assertThatThrownBy(() -> watch.check(4 * SECOND, 0, true))
                .hasMessage("the job has failed: IllegalStateException: no GPU");
    }

    @Test
    void reportsAnEndWhoseCauseNobodyTells() {
        job.state = "FAILED";
        watch.check(SECOND, 0, true);
        assertThatThrownBy(() -> watch.check(12 * SECOND, 0, true))
                .hasMessage("the job has failed: without a failure so far; the log says more");
    }

    @Test
    void reportsAJobThatRestartsForEver() {
        watch.check(0, 7, true);
        for (int failure = 1; failure < JobWatch.FAILURES_IN_A_ROW; failure++) {
            job.failures.add(0, "RecordTooLargeException: 2 MiB");
            watch.check(failure * SECOND, 7, true);
        }
        job.failures.add(0, "RecordTooLargeException: 3 MiB");

        assertThatThrownBy(() -> watch.check(9 * SECOND, 7, true))
                .hasMessage(
                        "the job fails again and again (5 times in a row): RecordTooLargeException: 3 MiB");
    }

    @Test
    void forgivesFailuresOfAJobThatGetsOn() {
        for (int i = 0; i < 20; i++) {
            job.failures.add(0, "TaskManager lost");
            long done = i;
            assertThatCode(() -> watch.check(done * SECOND, done, true)).doesNotThrowAnyException();
        }
    }

    @Test
    void reportsAJobThatStands() {
        watch.check(0, 7, true);
        watch.check(110 * SECOND, 7, true);

        assertThatThrownBy(() -> watch.check(121 * SECOND, 7, true))
                .hasMessage(
                        "the job has scored nothing for 120 s; it is RUNNING, without a failure so far; the log says more");
    }

    @Test
    void letsAJobRestThatHasNothingToDo() {
        for (long hour = 0; hour < 10; hour++) {
            long nanos = hour * 3_600 * SECOND;
            assertThatCode(() -> watch.check(nanos, 7, false)).doesNotThrowAnyException();
        }
    }

    private static final class FakeJob implements JobWatch.JobStatusSource {
        private String state = "RUNNING";
        private final List<String> failures = new ArrayList<>();

        @Override
        public String state() {
            return state;
        }

        @Override
        public List<String> failures() {
            return failures;
        }
    }
}
