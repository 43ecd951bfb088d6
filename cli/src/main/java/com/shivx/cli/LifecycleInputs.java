package com.shivx.cli;

import com.shivx.cli.lifecycle.LifecycleCall;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.lifecycle.LifecycleCommand;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command to the lifecycle job takes, and does. */
final class LifecycleInputs {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long to wait until it is decided (default: 60s).")
    private Duration timeout = Duration.ofSeconds(60);

    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    /** Asks, waits for what is decided, and prints it. */
    void ask(
            LifecycleCommand.Kind kind,
            String model,
            @Nullable String schedule,
            @Nullable String times,
            @Nullable Long fromMicros,
            @Nullable String reason)
            throws Exception {
        LifecycleEvent decided =
                new LifecycleCall(settings.configuration(broker.values()), this::print)
                        .ask(
                                new LifecycleCommand(
                                        UUID.randomUUID().toString(),
                                        model,
                                        kind,
                                        schedule,
                                        times,
                                        fromMicros,
                                        reason,
                                        System.getProperty("user.name")),
                                timeout);
        print(
                "decided: %s of %s%s, generation %d: %s"
                        .formatted(
                                decided.kind(),
                                decided.version() == null ? model : model + "@" + decided.version(),
                                schedule == null ? "" : ", schedule " + schedule,
                                decided.generation(),
                                decided.reason()));
    }

    private void print(String line) {
        PrintWriter out = Shivx.out(spec);
        out.println(line);
        out.flush();
    }
}
