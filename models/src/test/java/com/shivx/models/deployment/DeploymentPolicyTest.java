package com.shivx.models.deployment;

import static com.shivx.models.deployment.DeploymentMode.AB;
import static com.shivx.models.deployment.DeploymentMode.CANARY;
import static com.shivx.models.deployment.DeploymentMode.NOW;
import static com.shivx.models.deployment.DeploymentMode.SHADOW;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.Role;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentPolicyTest {

    private static final DeploymentPolicy POLICY =
            new DeploymentPolicy(List.of("file:/models", "s3://bucket/models/"));
    private static final ModelRef ONE = ref("1.0.0", 1);
    private static final ModelRef TWO = ref("2.0.0", 2);
    private static final ModelRef THREE = ref("3.0.0", 3);

    @Test
    void numbersWhatItAcceptsFromOne() {
        Deployment first = accepted(null, request(NOW, ONE, 0));
        assertThat(first.generation()).isEqualTo(1);
        assertThat(first.symbols()).isEqualTo("*");
        assertThat(first.requestId()).isEqualTo("r");
        assertThat(accepted(first, request(NOW, TWO, 0)).generation()).isEqualTo(2);
        assertThat(
                        accepted(Deployment.initial("direction", ONE), request(NOW, TWO, 0))
                                .generation())
                .isEqualTo(1);
    }

    @Test
    void letsAVersionServeAlone() {
        Deployment busy = accepted(withCanary(), request(SHADOW, THREE, 0));
        assertThat(accepted(busy, request(NOW, TWO, 0)).members())
                .isEqualTo(Map.of(TWO, Role.CHAMPION));
    }

    @Test
    void standsACanaryBesideTheChampion() {
        Deployment deployment = withCanary();
        assertThat(deployment.members())
                .containsExactly(Map.entry(ONE, Role.CHAMPION), Map.entry(TWO, Role.CANARY));
        assertThat(deployment.canaryShare()).isEqualTo(0.1);
        assertThat(accepted(deployment, request(AB, THREE, 0.5)).members())
                .containsExactly(Map.entry(ONE, Role.CHAMPION), Map.entry(THREE, Role.CANARY));
    }

    @Test
    void drawsOtherUnitsForAnotherCanaryAndTheSameForAnotherShare() {
        Deployment ten = withCanary();
        Deployment fifty = accepted(ten, request(CANARY, TWO, 0.5));
        assertThat(fifty.salt()).isEqualTo(ten.salt());
        assertThat(accepted(fifty, request(CANARY, THREE, 0.5)).salt()).isNotEqualTo(ten.salt());
    }

    @Test
    void movesAVersionFromOnePartToAnother() {
        Deployment shadowed = accepted(withCanary(), request(SHADOW, TWO, 0));
        assertThat(shadowed.members())
                .containsExactly(Map.entry(ONE, Role.CHAMPION), Map.entry(TWO, Role.SHADOW));
        assertThat(shadowed.canaryShare()).isZero();
        assertThat(accepted(shadowed, request(CANARY, TWO, 0.1)).shadows()).isEmpty();
        assertThat(accepted(shadowed, request(SHADOW, TWO, 0)).shadows()).containsExactly(TWO);
    }

    @Test
    void refusesMoreShadowsThanTell() {
        Deployment deployment = withCanary();
        for (int i = 0; i < DeploymentPolicy.MAX_SHADOWS; i++) {
            deployment = accepted(deployment, request(SHADOW, ref("3.0." + i, 4 + i), 0));
        }
        assertThat(decide(deployment, request(SHADOW, ref("4.0.0", 9), 0)).refusal())
                .contains("4 shadows already");
    }

    @ParameterizedTest
    @CsvSource({"CANARY, 0.1", "AB, 0.5", "SHADOW, 0"})
    void refusesToStandBesideNobody(DeploymentMode mode, double share) {
        assertThat(decide(null, request(mode, ONE, share)).refusal())
                .contains("no champion")
                .contains("1.0.0");
        assertThat(decide(withCanary(), request(mode, ONE, share)).refusal())
                .contains("cannot stand beside itself");
    }

    @ParameterizedTest
    @CsvSource({
        "CANARY, 0, a share of 0.0",
        "CANARY, 1, a share of 1.0",
        "AB, -0.1, a share of -0.1",
        "AB, NaN, a share of NaN",
        "NOW, 0.5, takes no share",
        "SHADOW, 0.5, takes no share"
    })
    void refusesAShareThatIsNone(DeploymentMode mode, double share, String reason) {
        assertThat(decide(withCanary(), request(mode, TWO, share)).refusal()).contains(reason);
    }

    @Test
    void refusesWhatWasAskedOfAnotherGeneration() {
        DeploymentRequest stale =
                new DeploymentRequest("r", "direction", NOW, TWO, 0, null, 1L, "a test");
        assertThat(decide(withCanary(), stale).refusal())
                .contains("generation 1 was expected, 2 is in force");
        assertThat(decide(null, stale).refusal()).contains("0 is in force");
    }

    @Test
    void refusesAnotherFileUnderTheSameVersion() {
        assertThat(decide(withCanary(), request(NOW, ref("1.0.0", 7), 0)).refusal())
                .contains("a version of its own");
    }

    @ParameterizedTest
    @CsvSource({
        "file:/models/../etc/m.onnx",
        "file:/models/..",
        "file:/models/%2e%2e/m.onnx",
        "file:/models/..%2fm.onnx",
        "file:/models/m.onnx?x",
        "file:/models/m.onnx#x",
        "file:/models/m onnx",
        "file://elsewhere/models/m.onnx",
        "file:models/m.onnx",
        "models/m.onnx",
        "file:/models/",
        "file:/modelsx/m.onnx",
        "file:/etc/m.onnx",
        "s3://bucket/modelsx/m.onnx",
        "http://models/m.onnx"
    })
    void refusesAUriThatIsNotAllowed(String uri) {
        ModelRef ref = new ModelRef("2.0.0", uri, ONE.sha256());
        assertThat(decide(null, request(NOW, ref, 0)).refusal()).contains("lies outside");
    }

    @ParameterizedTest
    @CsvSource({
        "file:/models/m.onnx",
        "file:///models/a/b/m.onnx",
        "FILE:/models/my%20model.onnx",
        "/models/my model.onnx",
        "s3://bucket/models/m..onnx"
    })
    void takesAUriByItsPlaceAndNotByItsSpelling(String uri) {
        DeploymentRequest request = request(NOW, new ModelRef("2.0.0", uri, ONE.sha256()), 0);
        assertThat(accepted(null, request).champion().uri()).isEqualTo(uri);
        assertThat(
                        new DeploymentPolicy(List.of("/models/", "s3://bucket/"))
                                .decide(null, request, RoutingUnit.SYMBOL_SLICE)
                                .refusal())
                .isNull();
    }

    @Test
    void acceptsNothingWhereNoFolderIsAllowed() {
        assertThat(
                        new DeploymentPolicy(List.of())
                                .decide(null, request(NOW, ONE, 0), RoutingUnit.SYMBOL)
                                .refusal())
                .contains("no folder is allowed")
                .contains("models.allowed-uris");
    }

    /** What is published is read by every job, and a record has an end. */
    @Test
    void refusesWhatIsTooLongToBePublished() {
        String uri = "file:/models/" + "x".repeat(2_048 - 13);
        assertThat(decide(null, request(NOW, new ModelRef("2.0.0", uri, ONE.sha256()), 0)))
                .returns(null, DeploymentDecision::refusal);
        ModelRef longer = new ModelRef("2.0.0", uri + "x", ONE.sha256());
        assertThat(decide(null, request(NOW, longer, 0)).refusal())
                .contains("more than 2048 characters");
        assertThat(
                        decide(
                                        null,
                                        new DeploymentRequest(
                                                "r",
                                                "direction",
                                                NOW,
                                                ONE,
                                                0,
                                                null,
                                                null,
                                                "x".repeat(257)))
                                .refusal())
                .contains("more than 256 characters");
    }

    @Test
    void refusesRequestIdsThatAreNone() {
        for (String id : new String[] {"", "a b", "x".repeat(129), "ü"}) {
            DeploymentRequest request =
                    new DeploymentRequest(id, "direction", NOW, ONE, 0, null, null, "a test");
            assertThat(decide(null, request).refusal()).contains("request id '");
            assertThat(DeploymentPolicy.isWellNamed(request)).isFalse();
        }
        assertThat(DeploymentPolicy.isWellNamed(request(NOW, ONE, 0))).isTrue();
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThat(refusal("a~b", ONE, null)).contains("model name 'a~b'");
        assertThat(refusal("", ONE, null)).contains("model name ''");
        assertThat(refusal("m", new ModelRef("two", ONE.uri(), ONE.sha256()), null))
                .contains("version 'two'");
        assertThat(refusal("m", new ModelRef("2.0.0", ONE.uri(), "ABC"), null))
                .contains("sha256 'ABC'");
        assertThat(refusal("m", ONE, "a b")).contains("symbols 'a b'");
        assertThat(refusal("m", ONE, "")).contains("symbols ''");
        assertThat(refusal("line\nbreak" + "x".repeat(1_000), ONE, null))
                .hasSizeLessThan(300)
                .doesNotContain("\n");
    }

    @Test
    void keepsTheSymbolsUnlessOthersAreNamed() {
        DeploymentRequest some =
                new DeploymentRequest("r", "direction", NOW, ONE, 0, "spot:*", null, "a test");
        Deployment deployment = accepted(null, some);
        assertThat(accepted(deployment, request(NOW, TWO, 0)).symbols()).isEqualTo("spot:*");
    }

    private static @Nullable String refusal(String model, ModelRef ref, @Nullable String symbols) {
        return decide(null, new DeploymentRequest("r", model, NOW, ref, 0, symbols, null, "a test"))
                .refusal();
    }

    private static DeploymentDecision decide(
            @Nullable Deployment current, DeploymentRequest request) {
        return POLICY.decide(current, request, RoutingUnit.SYMBOL_SLICE);
    }

    private static Deployment withCanary() {
        return accepted(accepted(null, request(NOW, ONE, 0)), request(CANARY, TWO, 0.1));
    }

    private static Deployment accepted(@Nullable Deployment current, DeploymentRequest request) {
        DeploymentDecision decision = decide(current, request);
        assertThat(decision.refusal()).isNull();
        return requireNonNull(decision.deployment());
    }

    private static DeploymentRequest request(DeploymentMode mode, ModelRef version, double share) {
        return new DeploymentRequest("r", "direction", mode, version, share, null, null, "a test");
    }

    private static ModelRef ref(String version, int digit) {
        return new ModelRef(
                version, "file:/models/" + version + ".onnx", String.valueOf(digit).repeat(64));
    }
}
