package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code shivx train --log}, on a log in which there is nothing to learn. */
class TrainFromLogITCase {

    private static final String ROOT = "shivx.root";

    private final String before = System.getProperty(ROOT, "");

    @TempDir private Path folder;
    private Path project;

    /** A project whose log and registry are this test's. */
    @BeforeEach
    void moveToAnotherProject() throws Exception {
        project = Files.createDirectories(folder.resolve("project"));
        Path conf = Files.createDirectories(project.resolve("flink-conf"));
        Files.copy(
                Path.of(before).resolve("flink-conf").resolve("config.yaml"),
                conf.resolve("config.yaml"));
        System.setProperty(ROOT, project.toString());
    }

    @AfterEach
    void moveBack() {
        System.setProperty(ROOT, before);
    }

    @Test
    void endsInAReportThatRegistersNothing() throws Exception {
        Path log = folder.resolve("log");
        Path json = folder.resolve("report.json");
        TestLog.write(log, 2_160);

        CommandRun run = train("--log", log.toString(), "--json", json.toString());

        assertThat(run.exitCode()).as("%s", run).isEqualTo(1);
        assertThat(run.out())
                .contains("reading the log file:" + log)
                .contains("4,320 vectors of market-v1 in the log, 4,308 of them with an outcome")
                .contains("12 vectors have no outcome of horizon 60s yet")
                .contains("4,308 labelled rows of 2 symbols")
                .contains("INCONCLUSIVE")
                .contains("not registered: the report says why");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(project.resolve(".shivx/registry/direction")).doesNotExist();
    }

    @Test
    void takesTheLogOfThisMachineWhereNobodyNamesAnything() throws Exception {
        TestLog.write(project.resolve(".shivx/log/files"), 2_160);

        CommandRun run = train("--to", "2014-05-02T04:00:00Z");

        assertThat(run.exitCode()).as("%s", run).isEqualTo(1);
        assertThat(run.out())
                .contains("reading the log file:" + project.resolve(".shivx/log/files"))
                .contains("2,880 labelled rows of 2 symbols");
    }

    @Test
    void saysInOneLineWhyALogGivesNoRows() throws Exception {
        Path log = folder.resolve("log");
        TestLog.write(log, 100);

        CommandRun run = train("--log", log.toString(), "--horizon", "5s");

        assertThat(run.exitCode()).as("%s", run).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("error: the log file:")
                .contains("holds no outcome of horizon 5s, only of 60s")
                .endsWith("take one of those as training.horizon (--horizon)");

        CommandRun threshold = train("--log", log.toString(), "--threshold", "cost");
        assertThat(threshold.exitCode()).as("%s", threshold).isEqualTo(1);
        assertThat(threshold.err().lines())
                .singleElement()
                .asString()
                .contains("no outcome of horizon 60s whose threshold_kind is COST, only VOL")
                .contains("labels.threshold (--threshold)");

        CommandRun nothing = train("--log", folder.resolve("nothing").toString());
        assertThat(nothing.exitCode()).isEqualTo(1);
        assertThat(nothing.err().lines())
                .singleElement()
                .asString()
                .startsWith("error: file:")
                .contains("there is no such folder");
    }

    @Test
    void writesWhatIsNotRegisteredForTryingInFolds() throws Exception {
        Path log = folder.resolve("log");
        Path candidate = folder.resolve("candidate");
        TestLog.write(log, 2_160);

        CommandRun run =
                train(
                        "--log",
                        log.toString(),
                        "--walk-forward",
                        "3",
                        "--out",
                        candidate.toString());

        assertThat(run.exitCode()).as("%s", run).isEqualTo(1);
        assertThat(run.out())
                .contains("fold 3 of 3", "walk-forward  3 folds as time went on")
                .contains("candidate and report written to " + candidate)
                .contains("INCONCLUSIVE: " + candidate + "/model.onnx is for trying only")
                .contains("'shivx models deploy " + candidate + "/model.onnx --shadow'");
        JsonNode report = new ObjectMapper().readTree(candidate.resolve("report.json").toFile());
        assertThat(report.get("folds")).hasSize(3);
        assertThat(project.resolve(".shivx/registry/direction")).doesNotExist();

        refuses(log, "not an empty folder; name another", "--out", candidate.toString());
        refuses(log, "option training.walk-forward is 0", "--walk-forward", "0");
        refuses(
                log,
                "a placebo knows nothing that could be tried",
                "--placebo",
                "0.5",
                "--out",
                folder.resolve("other").toString());
    }

    private static void refuses(Path log, String reason, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--log", log.toString()));
        all.addAll(List.of(options));
        CommandRun run = train(all.toArray(String[]::new));
        assertThat(run.exitCode()).as("%s", run).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains(reason);
    }

    @Test
    void wantsOneSourceOfRows() throws Exception {
        CommandRun none = train();
        assertThat(none.exitCode()).isEqualTo(Errors.USAGE);
        assertThat(none.err()).contains("--ticks", "--log", "--bootstrap-server");

        CommandRun both = train("--log", "log", "--bootstrap-server", "localhost:9092");
        assertThat(both.exitCode()).isEqualTo(Errors.USAGE);
        assertThat(both.err()).contains("rows come from one of --ticks, --log");
    }

    private static CommandRun train(String... args) throws Exception {
        String[] all = new String[args.length + 3];
        all[0] = "train";
        all[1] = "--trainer";
        all[2] = "linear";
        System.arraycopy(args, 0, all, 3, args.length);
        return CommandRun.of(all);
    }
}
