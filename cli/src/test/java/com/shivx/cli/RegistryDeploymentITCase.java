package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.cli.kafka.TopicCreation;
import com.shivx.jobs.LifecycleJob;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.options.JobArguments;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.AuditAction;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.VersionName;
import com.shivx.models.registry.local.LocalHome;
import com.shivx.models.registry.uri.Registries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a registry to running jobs, with a real broker and a real lifecycle job. */
class RegistryDeploymentITCase {

    @TempDir private Path folder;

    private EmbeddedKafka kafka;
    private EmbeddedFlink flink;
    private JobClient lifecycle;
    private AgreeableScoringJob scoring;
    private Configuration options;
    private ModelRegistry registry;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start();
        Path root = Path.of(System.getProperty("shivx.root", ".."));
        flink =
                EmbeddedFlink.start(
                        EmbeddedFlink.configuration(root.resolve("flink-conf")), 1, null);
        options =
                JobArguments.checked(
                        Map.of(
                                "kafka.bootstrap-servers",
                                kafka.bootstrapServers(),
                                "models.allowed-uris",
                                folder.resolve("models").toString()));
        Files.createDirectories(folder.resolve("models"));
        try (KafkaAdmin admin = new KafkaAdmin(options)) {
            new TopicCreation(options, Optional.empty()).create(admin);
        }
        StreamExecutionEnvironment env = flink.environment();
        LifecycleJob.build(env, options);
        lifecycle = env.executeAsync(LifecycleJob.NAME);
        scoring = new AgreeableScoringJob(options);
        registry =
                Registries.open(folder.resolve("registry").toString(), Map.of(), Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        scoring.close();
        lifecycle.cancel().get();
        flink.close();
        kafka.close();
    }

    @Test
    void deploysVersionsOfTheRegistryAndFollowsItsProduction() throws Exception {
        for (String version : List.of("1.0.0", "2.0.0")) {
            Path file = TestModels.version(folder, "direction", version);
            assertThat(registry("register", file.toString()).exitCode()).isZero();
        }

        CommandRun first = deploy("deploy", "direction@1.0.0");
        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(first.out())
                .contains("checked: direction@1.0.0")
                .contains("serving: 1 of 1 subtasks")
                .contains("in production: direction@1.0.0");
        CommandRun second = deploy("deploy", "models:/direction@dev");
        assertThat(second.exitCode()).as(second.toString()).isZero();
        assertThat(champion()).isEqualTo("2.0.0");
        assertThat(named(Alias.PRODUCTION)).isEqualTo("2.0.0");
        assertThat(named(Alias.PREVIOUS)).isEqualTo("1.0.0");
        CommandRun doubled = deploy("deploy", "direction@1.0.0", "--version", "1.0.0");
        assertThat(doubled.exitCode()).isEqualTo(2);

        CommandRun back = deploy("rollback", "direction", "--reason", "it loses money");
        assertThat(back.exitCode()).as(back.toString()).isZero();
        assertThat(back.out()).contains("asked: back to direction@1.0.0");
        assertThat(champion()).isEqualTo("1.0.0");
        assertThat(named(Alias.PRODUCTION)).isEqualTo("1.0.0");

        CommandRun follow = CommandRun.start(arguments("follow", "direction", "--every", "200ms"));
        follow.awaitOut("following: production in file:///");
        new LocalHome(folder.resolve("registry"))
                .setAlias(
                        "direction",
                        Alias.PRODUCTION,
                        registry.resolve(VersionName.parse("direction@2.0.0")));
        follow.awaitOut("done: direction@2.0.0 is deployed");
        assertThat(champion()).isEqualTo("2.0.0");
        follow.interrupt();
        assertThat(follow.exitCode()).as(follow.toString()).isZero();
        assertThat(registry.unaudited("direction")).isEmpty();
        assertThat(registry.audit("direction").entries())
                .extracting(AuditEntry::action)
                .containsExactly(
                        AuditAction.REGISTERED,
                        AuditAction.REGISTERED,
                        AuditAction.DEPLOYED,
                        AuditAction.DEPLOYED,
                        AuditAction.ROLLED_BACK,
                        AuditAction.SEEN);
        assertThat(named(Alias.PREVIOUS)).isEqualTo("1.0.0");
    }

    @Test
    void movesNoAliasForWhatDoesNotServe() throws Exception {
        Path file = TestModels.version(folder, "direction", "1.0.0");
        registry("register", file.toString());
        CommandRun refused = deploy("deploy", "direction@1.0.0", "--expected-generation", "7");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("generation 7 was expected").hasLineCount(1);
        CommandRun shadow = deploy("deploy", "direction@1.0.0", "--shadow", "--no-wait");
        assertThat(shadow.exitCode()).as(shadow.toString()).isZero();
        assertThat(registry.model("direction").aliases()).containsOnlyKeys(Alias.DEV);
    }

    private String champion() throws Exception {
        return CurrentDeployments.read(options).get("direction").champion().version();
    }

    private String named(Alias alias) {
        return String.valueOf(registry.model("direction").aliases().get(alias));
    }

    private CommandRun registry(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("models"));
        all.addAll(List.of(args));
        all.addAll(List.of("--registry", folder.resolve("registry").toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private CommandRun deploy(String... args) throws Exception {
        return CommandRun.of(arguments(args));
    }

    private String[] arguments(String... args) {
        List<String> all = new ArrayList<>(List.of("models"));
        all.addAll(List.of(args));
        all.addAll(
                List.of(
                        "--registry",
                        folder.resolve("registry").toString(),
                        "--bootstrap-server",
                        kafka.bootstrapServers(),
                        "-D",
                        "models.allowed-uris=" + folder.resolve("models")));
        return all.toArray(String[]::new);
    }
}
