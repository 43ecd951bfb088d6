package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.Prediction;
import com.shivx.models.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Back to the version before, under a stream that goes on all the time. Prints how long that takes
 * a command in this process; a shell's needs a second more to start its JVM.
 */
class RollbackITCase {

    private static final String MODEL = "direction";
    private static final String OLD = "1.0.0";
    private static final String NEW = "2.0.0";

    /** More than are fed in any time that this may take. */
    private static final int TICKS_PER_SYMBOL = 60_000;

    /** Warm after six seconds, and ten minutes long. */
    private static final String SPEED = "10";

    @TempDir private Path folder;

    @Test
    void servesTheOldVersionAgainAndLosesNothing() throws Exception {
        register(OLD);
        register(NEW);
        TestTape tape = new TestTape(TICKS_PER_SYMBOL);
        Path ticks = tape.write(folder.resolve("ticks.jsonl"), 0, tape.ticks().size());
        try (RunningJobs jobs = new RunningJobs(folder);
                SeenPredictions seen = new SeenPredictions(jobs.bootstrapServers())) {
            CommandRun feed = jobs.start("replay", "--ticks", ticks.toString(), "--speed", SPEED);
            deploy(jobs, OLD);
            seen.await(MODEL, OLD, 1, Role.CHAMPION, true);
            deploy(jobs, NEW);
            seen.await(MODEL, NEW, 2, Role.CHAMPION, true);

            long asked = System.nanoTime();
            CommandRun rollback =
                    jobs.start(with("models", "rollback", MODEL, "--reason", "it loses money"));
            seen.await(MODEL, OLD, 3, Role.CHAMPION, true);
            Duration served = Duration.ofNanos(System.nanoTime() - asked);

            assertThat(rollback.exitCode()).as(rollback.toString()).isZero();
            Duration done = Duration.ofNanos(System.nanoTime() - asked);
            assertThat(rollback.out())
                    .contains("serving: 2 of 2 subtasks")
                    .contains("in production: direction@1.0.0");
            feed.interrupt();
            assertThat(feed.exitCode()).as(feed.toString()).isZero();
            jobs.awaitAllScored();
            eachTickHasItsVectorAndEachVectorOnePrediction(jobs);
            eachSymbolWasServedByOldThenNewThenOld(jobs);
            System.out.printf(
                    Locale.ROOT,
                    "Rollback: %.1f s from the command to a committed prediction of the old version, %.1f s to its end%n",
                    served.toMillis() / 1e3,
                    done.toMillis() / 1e3);
        }
    }

    /** The model that was there from the start answers for every vector, the other from then on. */
    private static void eachTickHasItsVectorAndEachVectorOnePrediction(RunningJobs jobs)
            throws Exception {
        int ticks = jobs.committed("ticks").size();
        int setAside = jobs.committed("set-aside").size();
        assertThat(jobs.committed("features")).hasSize(ticks - setAside);
        assertThat(setAside).isLessThanOrEqualTo(1);
        List<String> ready = jobs.readyVectorIds();
        assertThat(ids(jobs.predictions(RunningJobs.INITIAL)))
                .containsExactlyInAnyOrderElementsOf(ready);
        Map<String, List<String>> expected = bySymbol(jobs.predictions(RunningJobs.INITIAL));
        Map<String, List<String>> found = bySymbol(jobs.predictions(MODEL));
        assertThat(found).containsOnlyKeys(TestTape.SYMBOLS);
        found.forEach(
                (symbol, ids) -> {
                    List<String> all = expected.get(symbol);
                    assertThat(ids)
                            .as(symbol)
                            .isEqualTo(all.subList(all.size() - ids.size(), all.size()));
                });
        assertThat(jobs.predictions(MODEL)).allMatch(Prediction::served);
    }

    private static void eachSymbolWasServedByOldThenNewThenOld(RunningJobs jobs) throws Exception {
        Map<String, List<String>> turns =
                jobs.predictions(MODEL).stream()
                        .collect(
                                Collectors.groupingBy(
                                        Prediction::symbol,
                                        Collectors.collectingAndThen(
                                                Collectors.toList(), RollbackITCase::turns)));
        assertThat(turns).containsOnlyKeys(TestTape.SYMBOLS);
        assertThat(turns.values())
                .allSatisfy(
                        each ->
                                assertThat(each)
                                        .containsExactly("1: 1.0.0", "2: 2.0.0", "3: 1.0.0"));
    }

    /** Generation and version, each time that they change. */
    private static List<String> turns(List<Prediction> ofOneSymbol) {
        List<String> turns = new ArrayList<>();
        for (Prediction each : ofOneSymbol) {
            String turn = each.generation() + ": " + each.modelVersion();
            if (turns.isEmpty() || !turns.get(turns.size() - 1).equals(turn)) {
                turns.add(turn);
            }
        }
        return turns;
    }

    private static Map<String, List<String>> bySymbol(List<Prediction> predictions) {
        return predictions.stream()
                .collect(
                        Collectors.groupingBy(
                                Prediction::symbol,
                                Collectors.mapping(Prediction::vectorId, Collectors.toList())));
    }

    private static List<String> ids(List<Prediction> predictions) {
        return predictions.stream().map(Prediction::vectorId).toList();
    }

    private void register(String version) throws Exception {
        Path file = TestModels.version(folder, MODEL, version);
        CommandRun run = CommandRun.of(with("models", "register", file.toString()));
        assertThat(run.exitCode()).as(run.toString()).isZero();
    }

    private void deploy(RunningJobs jobs, String version) throws Exception {
        String name = MODEL + "@" + version;
        CommandRun promoted = CommandRun.of(with("models", "promote", name, "--to", "staging"));
        assertThat(promoted.exitCode()).as(promoted.toString()).isZero();
        assertThat(jobs.done(with("models", "deploy", MODEL + "@staging")).out())
                .contains("in production: " + name);
    }

    private String[] with(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--registry", folder.resolve("registry").toUri().toString()));
        return all.toArray(String[]::new);
    }
}
