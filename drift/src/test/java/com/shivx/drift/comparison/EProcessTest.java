package com.shivx.drift.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EProcessTest {

    /**
     * mpmath 1.3, 50 digits, with I½(a, b) = Σ_{j≥a} C(a+b−1, j)/2^(a+b−1) as a fraction: {@code e
     * = log(beta(10+b, 10+c)) - log(beta(10, 10)) + (b+c)*log(2); e + log(2) + log(I(10+c, 10+b));
     * e + log(2) + log(I(10+b, 10+c))}.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.0, 0.0, 0.0",
        "5, 0, 0.41028439454411328, 0.9365169664196484, -0.76913806760699565",
        "60, 40, 0.78234331460742999, 1.4417830636563302, -1.9313528260663671",
        "40, 60, 0.78234331460742999, -1.9313528260663671, 1.4417830636563302",
        "141, 90, 3.9623073645300433, 4.6548478229387406, -2.7522884132902047",
        "700, 600, 1.6872569149852164, 2.3774615724024447, -3.4495546591340317",
        "0, 3000, 2025.8677103470099, -6.7471228651450883, 2026.5608575275699",
        "3000, 0, 2025.8677103470099, 2026.5608575275699, -6.7471228651450883",
        "5200, 5000, -1.1733915208020699, -0.50447161280126475, -4.2126098350584144"
    })
    void agreesWithExactArithmetic(long b, long c, double either, double newer, double older) {
        PairedVotes votes = new PairedVotes(b, c);

        assertThat(EProcess.logEither(votes)).isCloseTo(either, within(1e-9));
        assertThat(EProcess.logNewer(votes)).isCloseTo(newer, within(1e-9));
        assertThat(EProcess.logOlder(votes)).isCloseTo(older, within(1e-9));
    }

    @Test
    void decidesWhereTheEvidenceReachesTheBound() {
        assertThat(EProcess.decide(new PairedVotes(141, 90), 0.05)).isEqualTo(Better.NEWER);
        assertThat(EProcess.decide(new PairedVotes(90, 141), 0.05)).isEqualTo(Better.OLDER);
        assertThat(EProcess.decide(new PairedVotes(60, 40), 0.05)).isEqualTo(Better.UNDECIDED);
        assertThat(EProcess.decide(PairedVotes.NONE, 0.05)).isEqualTo(Better.UNDECIDED);
        assertThat(EProcess.decide(new PairedVotes(2_000_000_000, 0), 1e-9))
                .isEqualTo(Better.NEWER);
    }

    /** Looked at after every vote; 1/α ends each run. */
    @Test
    void equalModelsAreToldApartInAtMostAlphaOfAllRuns() {
        Random random = new Random(17);
        int runs = 2_000;
        int either = 0;
        int newer = 0;
        double bound = Math.log(20);
        for (int run = 0; run < runs; run++) {
            PairedVotes votes = PairedVotes.NONE;
            boolean decidedEither = false;
            boolean decidedNewer = false;
            for (int i = 0; i < 600; i++) {
                boolean forNewer = random.nextBoolean();
                votes = votes.plus(forNewer ? 3 : 1, 2);
                decidedEither |= EProcess.decide(votes, 0.05) != Better.UNDECIDED;
                decidedNewer |= EProcess.logNewer(votes) >= bound;
            }
            either += decidedEither ? 1 : 0;
            newer += decidedNewer ? 1 : 0;
        }

        assertThat((double) either / runs).isBetween(0.001, 0.05);
        assertThat((double) newer / runs).isBetween(0.001, 0.05);
    }

    @Test
    void aBetterModelIsFound() {
        Random random = new Random(23);
        PairedVotes votes = PairedVotes.NONE;
        while (EProcess.decide(votes, 0.05) == Better.UNDECIDED
                && votes.newer() + votes.older() < 2_000) {
            boolean forNewer = random.nextDouble() < 0.65;
            votes = votes.plus(forNewer ? 1 : 0, forNewer ? 0 : 1);
        }

        assertThat(EProcess.decide(votes, 0.05)).isEqualTo(Better.NEWER);
        assertThat(votes.newer() + votes.older()).isBetween(20L, 500L);
    }

    @Test
    void aTieGivesNoVote() {
        assertThat(PairedVotes.NONE.plus(2, 2)).isEqualTo(PairedVotes.NONE);
        assertThat(PairedVotes.NONE.plus(3, 2).plus(new PairedVotes(1, 4)))
                .isEqualTo(new PairedVotes(2, 4));
    }

    @Test
    void refusesWhatIsNoVoteAndNoAlpha() {
        assertThatThrownBy(() -> new PairedVotes(-1, 0)).hasMessageContaining("-1 votes");
        assertThatThrownBy(() -> EProcess.decide(PairedVotes.NONE, 0))
                .hasMessageContaining("alpha");
    }
}
