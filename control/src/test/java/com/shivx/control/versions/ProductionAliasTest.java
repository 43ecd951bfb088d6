package com.shivx.control.versions;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.AuditAction;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.MortalHome;
import com.shivx.models.registry.RegistryHome;
import com.shivx.models.registry.local.LocalHome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductionAliasTest {

    private static final String MODEL = "direction";

    /** As often as it takes to be sure of what no entry of the audit explains, and once more. */
    private static final int LOOKS = 3;

    @TempDir private Path folder;

    private final List<DeploymentRequest> asked = new ArrayList<>();
    private ModelRegistry registry;
    private ModelVersion one;
    private ModelVersion two;

    @BeforeEach
    void register() throws Exception {
        registry = registry(home());
        one = registry.register(Candidates.of(MODEL, "1.0.0"));
        two = registry.register(Candidates.of(MODEL, "2.0.0"));
    }

    /** After none of its writes, the entry, the alias: its successor ends it as it would have. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whoeverComesAfterOneThatWasKilledWritesWhatServesOnce(int writes) throws Exception {
        look(alias(registry), serving(one, 1));
        ProductionAlias.Serving serving = serving(two, 2);
        ProductionAlias killed = alias(registry(new MortalHome(home(), writes)));
        try {
            look(killed, serving);
        } catch (MortalHome.Killed e) {
            // As said.
        }

        ProductionAlias next = alias(registry);
        for (int i = 0; i < LOOKS; i++) {
            look(next, serving);
        }
        assertThat(registry.model(MODEL).aliases())
                .containsEntry(Alias.PRODUCTION, two.version())
                .containsEntry(Alias.PREVIOUS, one.version());
        assertThat(registry.audit(MODEL).entries())
                .filteredOn(entry -> entry.action() == AuditAction.DEPLOYED)
                .extracting(entry -> String.valueOf(entry.to()))
                .containsExactly("1.0.0", "2.0.0");
        assertThat(registry.unaudited(MODEL)).isEmpty();
        assertThat(asked).isEmpty();
    }

    /** The first one, before which production names nothing. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theFirstDeploymentIsWrittenOnceToo(int writes) throws Exception {
        ProductionAlias.Serving serving = serving(one, 1);
        try {
            look(alias(registry(new MortalHome(home(), writes))), serving);
        } catch (MortalHome.Killed e) {
            // As said.
        }
        ProductionAlias next = alias(registry);
        for (int i = 0; i < LOOKS; i++) {
            look(next, serving);
        }
        assertThat(registry.model(MODEL).aliases())
                .containsEntry(Alias.PRODUCTION, one.version())
                .doesNotContainKey(Alias.PREVIOUS);
        assertThat(registry.audit(MODEL).entries())
                .filteredOn(entry -> entry.action() == AuditAction.DEPLOYED)
                .hasSize(1);
        assertThat(asked).isEmpty();
    }

    /** In the registry's own pages, while there is no control service. */
    @Test
    void whatSomebodyHasMovedBackIsDeployedAndNotTakenForCutOff() throws Exception {
        ProductionAlias before = alias(registry);
        look(before, serving(one, 1));
        ProductionAlias.Serving serving = serving(two, 2);
        look(before, serving);
        home().setAlias(MODEL, Alias.PRODUCTION, one);

        ProductionAlias next = alias(registry);
        for (int i = 0; i < LOOKS; i++) {
            look(next, serving);
        }
        assertThat(asked)
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.version().version()).isEqualTo("1.0.0");
                            assertThat(request.expectedGeneration()).isEqualTo(2);
                        });
        assertThat(registry.audit(MODEL).entries())
                .last()
                .returns(AuditAction.SEEN, entry -> entry.action());
    }

    private RegistryHome home() {
        return new LocalHome(folder.resolve("registry"));
    }

    private static ModelRegistry registry(RegistryHome home) {
        return new ModelRegistry(home, InstantSource.system(), ModelLoader.DEFAULT);
    }

    private ProductionAlias alias(ModelRegistry of) {
        return new ProductionAlias(
                of, new ModelFolder(folder.resolve("models")), asked::add, line -> {});
    }

    private static void look(ProductionAlias alias, ProductionAlias.Serving serving)
            throws Exception {
        alias.look(MODEL, serving);
    }

    /** What every subtask serves, since a moment ago. */
    private ProductionAlias.Serving serving(ModelVersion version, long generation)
            throws Exception {
        Deployment initial =
                Deployment.initial(
                        MODEL,
                        new ModelRef(
                                version.version().toString(),
                                "/models/" + version.version(),
                                registry.artifact(version).sha256()));
        return new ProductionAlias.Serving(
                new Deployment(
                        MODEL,
                        generation,
                        initial.mode(),
                        initial.champion(),
                        null,
                        0,
                        List.of(),
                        initial.symbols(),
                        initial.routingUnit(),
                        initial.routingSliceMicros(),
                        "",
                        "r-" + generation),
                since(),
                true);
    }

    /** After what was written so far, and before what is written next. */
    private Instant since() {
        Instant now = Instant.now();
        return registry.audit(MODEL).entries().stream()
                .map(entry -> entry.at().plus(Duration.ofNanos(1)))
                .reduce(now.minusMillis(1), (a, b) -> a.isAfter(b) ? a : b);
    }
}
