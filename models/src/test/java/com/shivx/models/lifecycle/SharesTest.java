package com.shivx.models.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.drift.accuracy.SymbolHashes;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent.Kind;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a canary's share is a share of. */
class SharesTest {

    private static final String BASE = "1.0.0";
    private static final String CANDIDATE = "2.0.0";

    private final Story story = new Story();
    private long window;

    SharesTest() {
        story.deploy(DeploymentMode.NOW, BASE);
    }

    private static AccuracyCounts counts(int symbols) {
        AccuracyCounts counts = Story.counts(60, 0, 0);
        for (int i = 0; i < symbols; i++) {
            counts.addSymbol(SymbolHashes.of("symbol" + i));
        }
        return counts;
    }

    private void row(String version, Role role, int symbols) {
        story.row(
                Story.TAPE_START + window++ * Story.MINUTE,
                version,
                role,
                List.of(),
                counts(symbols));
    }

    private void split(String version, double share, @Nullable String symbols) {
        story.take(
                LifecycleInput.of(
                        new DeploymentRequest(
                                "s" + window++,
                                Story.MODEL,
                                DeploymentMode.AB,
                                Story.ref(version),
                                share,
                                symbols,
                                null,
                                "anna")));
        assertThat(story.last().kind()).isEqualTo(Kind.DEPLOYED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | SYMBOL_SLICE | shadow; shares are of slices of 1 min, as no row of accuracy has told yet how many symbols there are",
                "12  | SYMBOL_SLICE | shadow; shares are of slices of 1 min, as there are 12 symbols, fewer than 100",
                "99  | SYMBOL_SLICE | shadow; shares are of slices of 1 min, as there are 99 symbols, fewer than 100",
                "100 | SYMBOL       | shadow; shares are of whole symbols, of which there are 100 or more",
                "500 | SYMBOL       | shadow; shares are of whole symbols, of which there are 100 or more"
            })
    void aRolloutSaysWhatItsSharesAreOf(int symbols, RoutingUnit unit, String reason) {
        row(BASE, Role.CHAMPION, symbols);
        story.deploy(DeploymentMode.ROLLOUT, CANDIDATE);

        assertThat(story.last().kind()).isEqualTo(Kind.ROLLOUT_STARTED);
        assertThat(story.last().reason()).isEqualTo(reason);
        story.command(LifecycleCommand.Kind.PROMOTE);
        assertThat(story.inForce().canary()).isEqualTo(Story.ref(CANDIDATE));
        assertThat(story.inForce().routingUnit()).isEqualTo(unit);
    }

    @Test
    void aRolloutKeepsItsUnitToItsEnd() {
        row(BASE, Role.CHAMPION, 100);
        story.deploy(DeploymentMode.ROLLOUT, CANDIDATE);
        int before = story.deployments.size();
        while (story.life.rollout() != null) {
            row(story.inForce().champion().version(), Role.CHAMPION, 12);
            story.command(LifecycleCommand.Kind.PROMOTE);
        }
        assertThat(story.deployments.subList(before, story.deployments.size()))
                .hasSize(4)
                .extracting(Deployment::routingUnit)
                .containsOnly(RoutingUnit.SYMBOL);

        story.deploy(DeploymentMode.ROLLOUT, "3.0.0");
        assertThat(story.last().reason()).contains("there are 12 symbols");
        assertThat(story.inForce().routingUnit()).isEqualTo(RoutingUnit.SYMBOL_SLICE);
    }

    /** A plan that an earlier release began knew slices alone. */
    @Test
    void aPlanWithoutAUnitGoesOnWithSlices() {
        row(BASE, Role.CHAMPION, 100);
        story.deploy(DeploymentMode.ROLLOUT, CANDIDATE);
        RolloutPlan plan = story.life.rollout().plan();
        RolloutPlan earlier =
                new RolloutPlan(
                        plan.candidate(),
                        plan.base(),
                        plan.requestId(),
                        plan.requestedBy(),
                        plan.firstGeneration(),
                        plan.steps(),
                        null);

        assertThat(
                        RolloutDeployments.of(earlier, plan.steps().get(1), story.inForce(), "r")
                                .routingUnit())
                .isEqualTo(RoutingUnit.SYMBOL_SLICE);
    }

    @Test
    void aSplitKeepsItsUnitAndAnotherHasItsOwn() {
        row(BASE, Role.CHAMPION, 100);
        split(CANDIDATE, 0.5, null);
        assertThat(story.inForce().routingUnit()).isEqualTo(RoutingUnit.SYMBOL);

        row(BASE, Role.CHAMPION, 12);
        split(CANDIDATE, 0.6, null);
        assertThat(story.inForce().routingUnit()).isEqualTo(RoutingUnit.SYMBOL);
        split("3.0.0", 0.6, null);
        assertThat(story.inForce().routingUnit()).isEqualTo(RoutingUnit.SYMBOL_SLICE);
    }

    /** Windows without outcomes, other roles, versions and horizons tell nothing of it. */
    @Test
    void onlyRowsOfTheChampionTellHowManySymbolsThereAre() {
        row(BASE, Role.CHAMPION, 100);
        row(BASE, Role.CHAMPION, 0);
        row(BASE, Role.SHADOW, 7);
        row("0.9.0", Role.CHAMPION, 7);
        story.take(
                LifecycleInput.of(
                        new AccuracyRow(
                                new AccuracyKey(Story.MODEL, BASE, Role.CHAMPION, 1_000_000),
                                Story.TAPE_START,
                                Story.TAPE_START + Story.MINUTE,
                                counts(7),
                                List.of())));
        assertThat(story.life.symbols()).isEqualTo(100);

        split(CANDIDATE, 0.5, null);
        assertThat(story.inForce().routingUnit()).isEqualTo(RoutingUnit.SYMBOL);
    }

    /** Nobody knows yet how many there are among others. */
    @Test
    void otherSymbolsAreNotThoseThatWereCounted() {
        row(BASE, Role.CHAMPION, 100);
        split(CANDIDATE, 0.5, "spot:*");
        assertThat(story.inForce().routingUnit()).isEqualTo(RoutingUnit.SYMBOL_SLICE);

        row(BASE, Role.CHAMPION, 100);
        split("3.0.0", 0.5, "spot:*");
        assertThat(story.inForce().routingUnit()).isEqualTo(RoutingUnit.SYMBOL);
    }
}
