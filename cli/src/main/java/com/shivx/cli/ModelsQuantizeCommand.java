package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import com.shivx.cli.console.Steps;
import com.shivx.cli.rows.RowFile;
import com.shivx.models.Counted;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.benchmark.ModelBenchmark;
import com.shivx.models.benchmark.ModelBenchmark.Entrant;
import com.shivx.models.benchmark.ModelSpeed;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.quantization.Calibration;
import com.shivx.models.quantization.QuantizationReport;
import com.shivx.models.quantization.QuantizationTolerance;
import com.shivx.models.quantization.QuantizationTolerance.Excess;
import com.shivx.models.quantization.Quantizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models quantize}: a network in eight-bit whole numbers. */
@Command(
        name = "quantize",
        sortOptions = false,
        description = {
            "Make a network about four times smaller, and faster, by eight-bit whole numbers.",
            "Scales come from rows such as it was trained on; both models then score them, and what"
                    + " changes more than is tolerated is not written."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models quantize direction.onnx --rows training.csv",
            "  shivx models quantize direction.onnx --rows found/features.jsonl --version 2.1.0+int8",
            "  shivx models quantize direction@2.1.0 --rows training.csv --register",
            "  shivx models quantize direction.onnx --rows training.csv --tolerance-classes 0.02 --json report.json",
            "",
            "Rows are CSV whose header names the model's columns, with a column 'label' where it is",
            "known, or the features.jsonl that 'shivx demo --out DIR' writes; either may end in .gz."
        })
final class ModelsQuantizeCommand implements Callable<Integer> {

    private static final List<Integer> MEASURED_ROWS = List.of(2, 32, 256);
    private static final int MEASURED_SAMPLES = 256;
    private static final String SUFFIX = "int8";

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE.onnx|NAME",
            description = "The float model: a file, or a version such as direction@2.1.0.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String file;

    @Option(
            names = "--rows",
            paramLabel = "FILE",
            required = true,
            description = "Rows such as it was trained on, 100 or more: CSV or JSON lines.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path rows;

    @Option(
            names = "--out",
            paramLabel = "FILE.onnx",
            description =
                    "Where it is written (default: beside the model, with -int8 in its name).")
    private @Nullable Path out;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The model line (default: what the file says, else the file's name).")
    private @Nullable String model;

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            description =
                    "The version of the quantised model (default: the original's with +int8).")
    private @Nullable String version;

    @Mixin private final QuantizedRegistration registration = new QuantizedRegistration();
    @Mixin private final ContractInputs contract = new ContractInputs();
    @Mixin private final RegistryInputs registry = new RegistryInputs();
    @Mixin private final MeasuringTime time = new MeasuringTime(0.3);

    @Option(
            names = "--tolerance-classes",
            paramLabel = "SHARE",
            description = "Share of rows whose class may change, 0 to 1 (default: 0.01).")
    private double classes = QuantizationTolerance.DEFAULT.classChanges();

    @Option(
            names = "--tolerance-log-loss",
            paramLabel = "NATS",
            description = "How far the log-loss of labelled rows may rise (default: 0.005).")
    private double logLoss = QuantizationTolerance.DEFAULT.logLoss();

    @Option(
            names = "--tolerance-value",
            paramLabel = "SD",
            description =
                    "How far a regression's answers may move, in their standard deviations (default: 0.02).")
    private double value = QuantizationTolerance.DEFAULT.value();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write what was found there, for programs.")
    private @Nullable Path json;

    /** The one that every command inherits would bring a --version of its own. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // by picocli
    private boolean help;

    @Override
    public Integer call() throws Exception {
        registration.check(spec, version);
        Duration measured = time.checked(spec);
        QuantizationTolerance tolerance = new QuantizationTolerance(classes, logLoss, value);
        ModelFile original = ModelFile.read(file, contract, registry, model, null);
        boolean isRegistered = registration.isAsked();
        Path target = isRegistered && out == null ? null : target(original.path());
        String name = versionAfter(original.artifact());
        RowFile samples = RowFile.of(rows, original.artifact().contract());
        Steps steps = new Steps(Shivx.out(spec));
        QuantizationReport report;
        try (Quantizer quantizer =
                steps.step(
                        "model",
                        () -> Quantizer.of(original.artifact()),
                        found ->
                                "%s, %s to quantise"
                                        .formatted(
                                                original.artifact().contract().id(),
                                                Counted.of(found.products(), "layer")))) {
            report = quantized(steps, quantizer, samples, name, tolerance);
        } catch (ModelRefusedException e) {
            throw e.of(original.path().toString());
        }
        List<ModelSpeed> speeds = measured(steps, report, samples, measured);
        QuantizationText.lines(report, speeds).forEach(steps::say);
        if (json != null) {
            JsonFile.write(json, QuantizationJson.of(report, speeds));
        }
        requireAccepted(report);
        if (target != null) {
            write(target, report.quantized());
            steps.say("written: %s, as %s".formatted(target, report.quantized().contract().id()));
        }
        if (isRegistered) {
            registration.register(steps, registry.open(), report, speeds, original.registered());
        } else {
            steps.say("'shivx models register %s' makes it a version of its own".formatted(target));
        }
        return 0;
    }

    private static QuantizationReport quantized(
            Steps steps,
            Quantizer quantizer,
            RowFile samples,
            String name,
            QuantizationTolerance tolerance)
            throws Exception {
        Calibration calibration =
                steps.step(
                        "calibrate",
                        () -> quantizer.calibrate(samples),
                        found -> String.format(Locale.ROOT, "on %,d rows", found.rows()));
        ModelArtifact quantized =
                steps.step(
                        "quantise",
                        () -> quantizer.rewrite(calibration, name),
                        found -> "as " + found.contract().id());
        return steps.step(
                "compare",
                () -> quantizer.compare(quantized, calibration, samples, tolerance),
                found -> String.format(Locale.ROOT, "%,d rows by both", found.change().rows()));
    }

    private static List<ModelSpeed> measured(
            Steps steps, QuantizationReport report, RowFile samples, Duration time)
            throws Exception {
        List<float[]> first = samples.first(MEASURED_SAMPLES);
        return steps.step(
                "measure",
                () ->
                        new ModelBenchmark(MEASURED_ROWS, time, System::nanoTime)
                                .run(
                                        List.of(
                                                new Entrant("original", report.original(), first),
                                                new Entrant("int8", report.quantized(), first)),
                                        what -> {}),
                found -> "both, on one thread");
    }

    /** The original's version says, after a plus, what was made of it. */
    private String versionAfter(ModelArtifact original) {
        if (version != null) {
            return version;
        }
        String raised = registration.version(registry, original.contract().model());
        if (raised != null) {
            return raised;
        }
        String before = original.contract().version();
        return before + (before.contains("+") ? "." : "+") + SUFFIX;
    }

    private Path target(Path original) {
        Path target =
                out != null
                        ? out
                        : original.resolveSibling(
                                String.valueOf(original.getFileName()).replaceFirst("\\.onnx$", "")
                                        + "-"
                                        + SUFFIX
                                        + ".onnx");
        if (Files.exists(target)) {
            throw new CommandException(
                    "there is a file %s already; take it away, or name another with --out"
                            .formatted(target));
        }
        if (Files.exists(target.resolveSibling(ModelArtifact.SIGNATURE_FILE))) {
            throw new CommandException(
                    "%s beside %s is of another model; name another folder with --out"
                            .formatted(ModelArtifact.SIGNATURE_FILE, target));
        }
        return target;
    }

    private static void requireAccepted(QuantizationReport report) {
        if (report.accepted()) {
            return;
        }
        Excess first = report.exceeded().get(0);
        String remedy =
                switch (first.bound()) {
                    case ANSWERS -> "let the model impute missing values, or leave it in float";
                    case CLASS_CHANGES ->
                            "give more rows, or tolerate more with --tolerance-classes";
                    case LOG_LOSS -> "give more rows, or tolerate more with --tolerance-log-loss";
                    case VALUE -> "give more rows, or tolerate more with --tolerance-value";
                };
        throw new CommandException(
                "REFUSED, nothing is written: %s; %s".formatted(first.figure(), remedy));
    }

    /** Whole or not at all: a file that is half written would be taken for a model. */
    private static void write(Path target, ModelArtifact artifact) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            try {
                Files.write(part, artifact.bytes());
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write %s (%s); name another file with --out"
                            .formatted(target, Reasons.of(e)),
                    e);
        }
    }
}
