package com.shivx.control.versions;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.control.versions.AliasWatch.Step;
import com.shivx.models.registry.SemanticVersion;
import org.junit.jupiter.api.Test;

class AliasWatchTest {

    private static final SemanticVersion ONE = SemanticVersion.parse("1.0.0");
    private static final SemanticVersion TWO = SemanticVersion.parse("2.0.0");

    private final AliasWatch watch = new AliasWatch();

    @Test
    void deploysWhatAnEntryHasMovedAndDoesSoOnce() {
        assertThat(watch.look("m", ONE, true, null)).isEqualTo(Step.DEPLOY);
        assertThat(watch.look("m", ONE, true, null)).isEqualTo(Step.NONE);
        assertThat(watch.look("m", TWO, true, "1.0.0")).isEqualTo(Step.DEPLOY);
        assertThat(watch.look("other", TWO, true, "1.0.0")).isEqualTo(Step.DEPLOY);
        assertThat(watch.look("m", ONE, true, "2.0.0")).isEqualTo(Step.DEPLOY);
    }

    @Test
    void leavesAloneWhatServesAlready() {
        assertThat(watch.look("m", ONE, true, "1.0.0")).isEqualTo(Step.NONE);
        // Somebody deploys another and writes the alias afterwards.
        assertThat(watch.look("m", ONE, true, "2.0.0")).isEqualTo(Step.NONE);
        assertThat(watch.look("m", TWO, true, "2.0.0")).isEqualTo(Step.NONE);
    }

    @Test
    void looksTwiceAtWhatNoEntryExplains() {
        assertThat(watch.look("m", ONE, false, null)).isEqualTo(Step.LOOK_AGAIN);
        assertThat(watch.look("m", TWO, false, null)).isEqualTo(Step.LOOK_AGAIN);
        assertThat(watch.look("m", TWO, false, null)).isEqualTo(Step.RECORD_AND_DEPLOY);
        assertThat(watch.look("m", TWO, true, null)).isEqualTo(Step.NONE);
        // A mover was between its entry and the alias.
        assertThat(watch.look("m", ONE, false, "2.0.0")).isEqualTo(Step.LOOK_AGAIN);
        assertThat(watch.look("m", TWO, true, "2.0.0")).isEqualTo(Step.NONE);
    }
}
