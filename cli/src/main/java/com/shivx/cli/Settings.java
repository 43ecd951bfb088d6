package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import com.shivx.jobs.options.JobArguments;
import com.shivx.jobs.options.KafkaOptions;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The application's options, where a command can set them. What is closer to the user wins: the
 * defaults in the jar, {@code flink-conf/shivx.yaml}, {@code --config} in the order given, {@code
 * --command-config}, {@code --bootstrap-server}, {@code -D}.
 */
final class Settings {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec command;

    @Option(
            names = "--config",
            paramLabel = "FILE|URI",
            description =
                    "A YAML file of options, after flink-conf/shivx.yaml; repeatable, later ones win.")
    private List<String> configs = new ArrayList<>();

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description =
                    "Set one option ('shivx options' lists them) or one of Flink's; wins over files.")
    private Map<String, String> assignments = new LinkedHashMap<>();

    /** How a command reaches a broker that is not its own. */
    static final class Broker {

        @Option(
                names = "--bootstrap-server",
                paramLabel = "HOST:PORT,…",
                description =
                        "The Kafka brokers to start from; the same as -D kafka.bootstrap-servers.")
        private @Nullable String bootstrapServer;

        @Option(
                names = "--command-config",
                paramLabel = "FILE",
                description =
                        "A properties file for Kafka's clients (SASL, SSL, …), as Kafka's own tools take it.")
        private @Nullable Path commandConfig;

        /** Whether somebody says which brokers. */
        boolean isNamed() {
            return bootstrapServer != null || commandConfig != null;
        }

        /** What the options say, as options of the jobs. */
        Map<String, String> values() {
            Map<String, String> values = new TreeMap<>();
            if (commandConfig != null) {
                properties(commandConfig)
                        .forEach((key, value) -> values.put(KafkaOptions.keyOf(key), value));
            }
            if (bootstrapServer != null) {
                values.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), bootstrapServer);
            }
            return values;
        }

        private static Map<String, String> properties(Path file) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new CommandException(
                        "cannot read --command-config %s (%s); name a properties file"
                                .formatted(file, Reasons.of(e)),
                        e);
            }
            Map<String, String> values = new TreeMap<>();
            properties
                    .stringPropertyNames()
                    .forEach(name -> values.put(name, properties.getProperty(name)));
            return values;
        }
    }

    /**
     * All options that differ from their defaults, checked; {@code closer} wins over files and
     * gives way to {@code -D}.
     *
     * @throws ParameterException with the line that names what is wrong
     */
    Configuration configuration(Map<String, String> closer) {
        try {
            Map<String, String> values = new TreeMap<>();
            Installation.applicationOptions()
                    .ifPresent(file -> values.putAll(JobArguments.read(file.toString())));
            configs.forEach(config -> values.putAll(JobArguments.read(config)));
            values.putAll(closer);
            values.putAll(assignments);
            return JobArguments.checked(values);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
