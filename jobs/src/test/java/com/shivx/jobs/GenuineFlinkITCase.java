package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.testing.GenuineFlink;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.Until;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on a Flink as people have it predicts what the embedded run predicts; {@code
 * .ci/genuine-flink} runs it.
 */
class GenuineFlinkITCase {

    private static final Path ROOT = Path.of(System.getProperty("shivx.root", ".."));

    @TempDir Path work;

    @Test
    void predictsAsTheEmbeddedRunAlthoughTheTaskManagerDies() throws Exception {
        String home = System.getProperty("shivx.flink.home", "");
        assumeTrue(
                !home.isEmpty(),
                "SKIPPED: no genuine Flink; .ci/genuine-flink fetches one and runs this");
        Path jar = ROOT.resolve("jobs/target/shivx-jobs.jar");
        assumeTrue(
                Files.exists(jar),
                "SKIPPED: no job jar; ./mvnw -Dquick -pl jobs -am package makes it");

        List<Tick> tape = Tape.of(6, 1_200, 7);
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                KafkaProbe probe = new KafkaProbe(kafka.bootstrapServers())) {
            Map<String, String> embedded = embedded(kafka, probe, tape);
            assertThat(embedded).isEqualTo(Scoring.offline(tape));

            Scoring run = new Scoring(probe, kafka.bootstrapServers(), "genuine");
            try (GenuineFlink flink = new GenuineFlink(Path.of(home), work, onnxRuntimeJar())) {
                flink.flink(
                        "run",
                        "--detached",
                        "-c",
                        ScoringJob.class.getName(),
                        jar.toString(),
                        "-Dkafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "-Dkafka.topic-prefix=genuine-",
                        "-Ddeployment.name=genuine");
                int half = tape.size() / 2;
                run.send(tape.subList(0, half));
                Until.holds(
                        "a committed vector",
                        () -> !probe.committed(run.topic(Topic.FEATURES)).isEmpty());
                flink.killTaskManager();
                run.send(tape.subList(half, tape.size()));
                Until.holds("every prediction committed", () -> run.committed() >= embedded.size());
            }
            assertThat(run.predictions()).isEqualTo(embedded);
        }
    }

    private static Map<String, String> embedded(
            EmbeddedKafka kafka, KafkaProbe probe, List<Tick> tape) throws Exception {
        Scoring run = new Scoring(probe, kafka.bootstrapServers(), "embedded");
        int expected = Scoring.offline(tape).size();
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(
                        EmbeddedFlink.configuration(ROOT.resolve("flink-conf")), 1, null)) {
            StreamExecutionEnvironment env = flink.environment();
            ScoringJob.build(env, run.options());
            JobClient job = env.executeAsync(ScoringJob.NAME);
            run.send(tape);
            Until.holds("every prediction committed", () -> run.committed() >= expected);
            job.cancel().get();
        }
        return run.predictions();
    }

    /** The very jar this test has on its class path. */
    private static Path onnxRuntimeJar() throws Exception {
        return Path.of(
                OrtEnvironment.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
