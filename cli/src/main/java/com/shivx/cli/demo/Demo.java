package com.shivx.cli.demo;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Steps;
import com.shivx.cli.console.StopSignal;
import com.shivx.cli.console.Terminal;
import com.shivx.cli.control.ControlSettings;
import com.shivx.cli.feed.Clock;
import com.shivx.cli.feed.Feed;
import com.shivx.cli.feed.Feeder;
import com.shivx.cli.feed.Pace;
import com.shivx.cli.flink.EmbeddedSubmission;
import com.shivx.cli.flink.LocalJob;
import com.shivx.cli.kafka.KafkaAccess;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.cli.kafka.TopicCreation;
import com.shivx.cli.reconcile.NotReady;
import com.shivx.cli.reconcile.Reconciler;
import com.shivx.cli.reconcile.Reconciliation;
import com.shivx.cli.reconcile.ReconciliationJson;
import com.shivx.cli.reconcile.ReconciliationText;
import com.shivx.cli.story.Ending;
import com.shivx.cli.story.Plot;
import com.shivx.cli.story.Story;
import com.shivx.cli.story.StoryStatus;
import com.shivx.control.flink.FlinkLatencies;
import com.shivx.control.flink.FlinkRest;
import com.shivx.control.flink.FlinkTrainings;
import com.shivx.control.plane.ControlPlane;
import com.shivx.jobs.AccuracyJob;
import com.shivx.jobs.DriftJob;
import com.shivx.jobs.LifecycleJob;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.options.JobOptions;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.jobs.options.TrainingOptions;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.local.PortTakenException;
import com.shivx.local.Ports;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.uri.Registries;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Everything on this machine, in this process: a broker, a cluster, the scoring job, a feed, a
 * screen; and at the end the proof that nothing was lost and nothing was made up.
 */
public final class Demo {

    private static final long PROGRESS_EVERY = 100_000;
    private static final int STORY_SLOTS = 3;

    private static final Duration COUNTED_EVERY = Duration.ofSeconds(1);

    private final DemoPlan plan;
    private final Feed feed;
    private final StopSignal stop;
    private final Terminal terminal;
    private final PrintWriter out;
    private final Steps steps;
    private final @Nullable Story story;

    public Demo(DemoPlan plan, Feed feed, StopSignal stop, Terminal terminal, PrintWriter out) {
        this.plan = plan;
        this.feed = feed;
        this.stop = stop;
        this.terminal = terminal;
        this.out = out;
        steps = new Steps(out);
        story = plan.story() == null ? null : plan.story().begin();
    }

    /**
     * Runs it to its end and says whether everything added up, and the story came to the end that
     * was waited for.
     */
    public boolean run() throws Exception {
        try (StoryFolder folder = story == null ? null : StoryFolder.create()) {
            return run(folder);
        }
    }

    private boolean run(@Nullable StoryFolder storyFolder) throws Exception {
        refuseWhatCannotRun();
        EmbeddedKafka kafka =
                steps.step("Kafka", this::startKafka, EmbeddedKafka::bootstrapServers);
        try (kafka) {
            Configuration options = options(storyFolder);
            options.set(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
            createTopics(options);
            Scored scored = score(options, storyFolder);
            Reconciliation found = reconcile(options, scored);
            ReconciliationText.lines(found).forEach(steps::say);
            if (plan.json() != null) {
                Files.writeString(
                        plan.json(), ReconciliationJson.of(found) + System.lineSeparator());
            }
            sayStory();
            boolean ended = sayEnding();
            return found.addsUp() && ended;
        }
    }

    /** With the demo's own, where it tells a story. */
    private Configuration options(@Nullable StoryFolder storyFolder) {
        StoryPlan told = plan.story();
        if (told == null || storyFolder == null) {
            return new Configuration(plan.options());
        }
        Configuration options = told.options(plan.options(), storyFolder.registry());
        List<String> allowed =
                new ArrayList<>(options.getOptional(ScoringOptions.ALLOWED_URIS).orElse(List.of()));
        allowed.add(storyFolder.models().toString());
        return options.set(ScoringOptions.ALLOWED_URIS, allowed);
    }

    /** The screen that showed it may be gone. */
    private void sayStory() {
        if (story != null) {
            steps.say("Story");
            int width =
                    terminal.interactive()
                            ? TerminalSize.ofTerminal(1).get().columns()
                            : Integer.MAX_VALUE;
            new StoryPanel(terminal.coloured())
                    .told(story.status(), width).stream()
                            .map(ScreenLine::toString)
                            .map(line -> terminal.unicode() ? line : Glyphs.ascii(line))
                            .forEach(steps::say);
        }
    }

    /** Whether the story ended as it was waited for, where it was. */
    private boolean sayEnding() {
        StoryPlan told = plan.story();
        if (story == null || told == null || told.until() == null) {
            return true;
        }
        StoryStatus status = story.status();
        boolean asAwaited = status.ending() == told.until() && status.isTold();
        steps.say(
                status.ending() == null
                        ? "The story has not ended: it still waits for %s."
                                .formatted(story.waitingFor())
                        : "The story ended: %s, %s.%s"
                                .formatted(
                                        status.ending().word(),
                                        status.reason(),
                                        status.ending() == Ending.PROMOTED
                                                        && !story.waitingFor().isEmpty()
                                                ? " Without: " + story.waitingFor() + "."
                                                : ""));
        return asAwaited;
    }

    /**
     * Looks at the ports and builds the job once for nothing: a wrong option or model is known
     * before anything is started.
     */
    private void refuseWhatCannotRun() throws Exception {
        int kafkaPort = plan.kafkaPort();
        Integer uiPort = plan.uiPort();
        if (kafkaPort != 0) {
            orNameTheOption("Kafka", "--kafka-port", () -> Ports.requireFree(kafkaPort, "Kafka"));
        }
        if (uiPort != null && uiPort != 0) {
            orNameTheOption(
                    "Flink's Web UI", "--ui-port", () -> Ports.requireFree(uiPort, "Flink"));
        }
        steps.step(
                "Model",
                () -> {
                    ScoringJob.check(new Configuration(plan.options()));
                    return ModelName.of(plan.options());
                },
                name -> name);
    }

    private EmbeddedKafka startKafka() {
        return orNameTheOption(
                "Kafka",
                "--kafka-port",
                () -> EmbeddedKafka.start(plan.kafkaPort(), null, Map.of()));
    }

    private EmbeddedFlink startFlink() {
        return orNameTheOption(
                "Flink's Web UI",
                "--ui-port",
                () -> EmbeddedFlink.start(flinkConfiguration(), 1, null));
    }

    private static <T> T orNameTheOption(String service, String option, Supplier<T> start) {
        try {
            return start.get();
        } catch (PortTakenException e) {
            throw new CommandException(
                    "port %s for %s is taken: stop the program that listens on it, or name another by %s (0 takes any free one)"
                            .formatted(e.port(), service, option),
                    e);
        }
    }

    private void createTopics(Configuration options) throws Exception {
        try (KafkaAdmin admin = new KafkaAdmin(options)) {
            steps.step(
                    "Topics",
                    () -> new TopicCreation(options, Optional.empty()).create(admin),
                    outcomes -> outcomes.size() + " created");
        }
    }

    /** What was fed, how much of it the job could not score yet, and how long it all took. */
    record Scored(long rows, NotReady notReady, double seconds) {}

    private Scored score(Configuration options, @Nullable StoryFolder storyFolder)
            throws Exception {
        EmbeddedFlink flink =
                steps.step("Flink", this::startFlink, started -> started.webUi().toString());
        try (flink) {
            LocalJob job =
                    steps.step(
                            "Job",
                            () -> {
                                StreamExecutionEnvironment env = flink.environment(options);
                                ScoringJob.build(env, options);
                                return LocalJob.start(flink, env, ScoringJob.NAME);
                            },
                            started -> "running");
            startLifecycle(flink, options);
            if (story != null) {
                startAccuracy(flink, options);
                startDrift(flink, options);
            }
            Map<String, Object> client = KafkaAccess.clientProperties(options);
            Duration leadIn = plan.story() == null ? Duration.ZERO : plan.story().leadIn();
            Pace pace = new Pace(plan.speed(), leadIn, Clock.SYSTEM);
            try (ControlPlane control = control(flink, options, storyFolder);
                    FirstVersion first = first(flink, options, storyFolder, pace);
                    Feeder feeder = new Feeder(feed, pace, Clock.SYSTEM, client, options)) {
                DemoLoop loop =
                        new DemoLoop(plan, story, first, feed, pace, feeder, job, stop, options);
                Scored scored;
                try (Display display = display();
                        LiveTopics live = new LiveTopics(client, options, story)) {
                    scored = loop.run(display, live, flink.webUi());
                }
                steps.step(
                        "Stop",
                        job::stopWithSavepoint,
                        savepoint -> "with a savepoint, nothing drained");
                return scored;
            }
        }
    }

    /** Ends with the cluster: nothing waits for what it would still decide. */
    private void startLifecycle(EmbeddedFlink flink, Configuration options) throws Exception {
        steps.step(
                "Lifecycle",
                () -> {
                    StreamExecutionEnvironment env = flink.environment(options);
                    LifecycleJob.build(env, options);
                    return LocalJob.start(flink, env, LifecycleJob.NAME);
                },
                started ->
                        "running; shivx models deploy FILE.onnx … --bootstrap-server "
                                + options.get(KafkaOptions.BOOTSTRAP_SERVERS));
    }

    /** Null where no story begins with one. */
    private @Nullable FirstVersion first(
            EmbeddedFlink flink,
            Configuration options,
            @Nullable StoryFolder storyFolder,
            Pace pace) {
        return story == null || storyFolder == null
                ? null
                : new FirstVersion(
                        flink,
                        options,
                        new ModelFolder(storyFolder.models()),
                        story,
                        plan.story() != null && plan.story().plot() == Plot.BAD_CANDIDATE,
                        pace::release);
    }

    /** What became of predictions; ends with the cluster. */
    private void startAccuracy(EmbeddedFlink flink, Configuration options) throws Exception {
        steps.step(
                "Accuracy",
                () -> {
                    StreamExecutionEnvironment env = flink.environment(options);
                    env.setParallelism(1);
                    AccuracyJob.build(env, options);
                    return LocalJob.start(flink, env, AccuracyJob.NAME);
                },
                started -> "running; " + StoryPlan.ownTimes(options));
    }

    /** Whether what is read and answered is what it was; ends with the cluster. */
    private void startDrift(EmbeddedFlink flink, Configuration options) throws Exception {
        steps.step(
                "Drift",
                () -> {
                    StreamExecutionEnvironment env = flink.environment(options);
                    env.setParallelism(1);
                    DriftJob.build(env, options);
                    return LocalJob.start(flink, env, DriftJob.NAME);
                },
                started -> "running");
    }

    /** Trains what is asked for, on the cluster of this process; null where no story is told. */
    private @Nullable ControlPlane control(
            EmbeddedFlink flink, Configuration options, @Nullable StoryFolder storyFolder)
            throws Exception {
        if (storyFolder == null) {
            return null;
        }
        return steps.step(
                "Control",
                () -> {
                    FlinkRest rest = new FlinkRest(flink.webUi());
                    return ControlPlane.start(
                            ControlSettings.of(StoryPlan.ofRetraining(options)),
                            new FlinkTrainings(
                                    rest, new EmbeddedSubmission(flink, plugins -> plugins)),
                            new FlinkLatencies(rest, ScoringJob.NAME, InstantSource.system()),
                            Registries.open(
                                    options.get(TrainingOptions.REGISTRY),
                                    System.getenv(),
                                    java.time.Clock.systemUTC()),
                            new ModelFolder(storyFolder.models()),
                            line -> {});
                },
                started -> started.uri().toString());
    }

    private Configuration flinkConfiguration() {
        Configuration configuration = EmbeddedFlink.configuration(plan.flinkConf());
        configuration.addAll(JobOptions.ofFlink(plan.options()));
        if (story != null) {
            // Beside what the file counts: accuracy, drift, and a training's second subtask.
            configuration.set(
                    TaskManagerOptions.NUM_TASK_SLOTS,
                    configuration.get(TaskManagerOptions.NUM_TASK_SLOTS) + STORY_SLOTS);
        }
        if (plan.uiPort() != null) {
            configuration.set(RestOptions.BIND_PORT, plan.uiPort().toString());
        }
        if (!plan.options().get(FeatureOptions.OUTPUT)) {
            // Vectors that are written nowhere are counted by the job, and this asks often.
            configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, COUNTED_EVERY);
        }
        return configuration;
    }

    private Display display() {
        return terminal.interactive()
                ? new TerminalDisplay(
                        out,
                        new Screen(terminal.coloured(), terminal.unicode()),
                        TerminalSize.ofTerminal(10))
                : new PlainDisplay(out);
    }

    private Reconciliation reconcile(Configuration options, Scored scored) throws Exception {
        Path directory = Files.createTempDirectory("shivx-reconcile-");
        try {
            Reconciler reconciler =
                    new Reconciler(
                            KafkaAccess.clientProperties(options),
                            options,
                            plan.files(),
                            records -> {
                                if (records % PROGRESS_EVERY == 0) {
                                    out.printf(Locale.ROOT, "%,d ", records);
                                    out.flush();
                                }
                            });
            return steps.step(
                    "Read back",
                    () ->
                            reconciler.reconcile(
                                    scored.rows(), scored.notReady(), scored.seconds(), directory),
                    found -> "all that is committed");
        } finally {
            Files.deleteIfExists(directory);
        }
    }
}
