package com.shivx.cli;

import com.shivx.cli.console.BenchProgress;
import com.shivx.cli.console.StopSignal;
import com.shivx.cli.console.Terminal;
import com.shivx.cli.rows.RowFile;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.benchmark.ModelBenchmark;
import com.shivx.models.benchmark.ModelBenchmark.Entrant;
import com.shivx.models.benchmark.ModelSpeed;
import com.shivx.models.contract.ModelContract;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models benchmark}: models side by side. */
@Command(
        name = "benchmark",
        sortOptions = false,
        description = {
            "Measure models side by side on one thread: rows a second, time by rows at once, load time, size.",
            "They take turns, and rows go into buffers and scores out of them as in a running job."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models benchmark direction.onnx direction-int8.onnx",
            "  shivx models benchmark trees.onnx network.onnx --rows training.csv --batches 1,32,256",
            "  shivx models benchmark direction.onnx --seconds 5 -o json"
        })
final class ModelsBenchmarkCommand implements Callable<Integer> {

    private static final int SAMPLES = 1_024;
    private static final long SEED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE.onnx",
            description = "The models; the first is what the others are held against.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--rows",
            paramLabel = "FILE",
            description =
                    "Rows to score, as 'models quantize' takes them (default: drawn numbers; what a"
                            + " network costs does not depend on them, what trees cost does).")
    private @Nullable Path rows;

    @Option(
            names = "--batches",
            split = ",",
            paramLabel = "N",
            description = "Numbers of rows at once (default: 1,2,8,32,128,512).")
    private List<Integer> batches = ModelBenchmark.USUAL_ROWS;

    @Mixin private final ContractInputs contract = new ContractInputs();
    @Mixin private final RegistryInputs registry = new RegistryInputs();
    @Mixin private final OutputFormat format = new OutputFormat();
    @Mixin private final MeasuringTime time = new MeasuringTime(1);

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write what was found there, for programs.")
    private @Nullable Path json;

    @Override
    public Integer call() throws Exception {
        ModelBenchmark benchmark =
                new ModelBenchmark(batches, time.checked(spec), System::nanoTime);
        PrintWriter out = Shivx.out(spec);
        // JSON for programs on the same stream leaves no room for anything else.
        PrintWriter told = format.isJson() ? spec.commandLine().getErr() : out;
        List<ModelSpeed> speeds;
        try (StopSignal stop = StopSignal.ofProcess(() -> {})) {
            BenchProgress progress = new BenchProgress(Terminal.ofProcess(), stop, told);
            speeds = benchmark.run(entrants(), progress::now);
            progress.line("");
        }
        if (json != null) {
            JsonFile.write(json, SpeedJson.of(speeds));
        }
        if (format.isJson()) {
            out.println(SpeedJson.of(speeds).toPrettyString());
        } else {
            SpeedTable.sizes(speeds).forEach(out::println);
            out.println();
            SpeedTable.lines(speeds).forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private List<Entrant> entrants() throws ModelRefusedException {
        List<Entrant> entrants = new ArrayList<>();
        for (String file : files) {
            ModelFile model = ModelFile.read(file, contract, registry, null, null);
            ModelContract its = model.artifact().contract();
            List<float[]> samples =
                    rows == null
                            ? drawn(its.columns().size())
                            : RowFile.of(rows, its).first(SAMPLES);
            if (samples.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--rows %s holds no row; %s".formatted(rows, RowFile.HOW_TO_MAKE));
            }
            entrants.add(new Entrant(file, model.artifact(), samples));
        }
        return entrants;
    }

    /** Between −1 and 1, the same at every run. */
    private static List<float[]> drawn(int columns) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<float[]> drawn = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            float[] row = new float[columns];
            for (int column = 0; column < columns; column++) {
                row[column] = (float) random.nextDouble(-1, 1);
            }
            drawn.add(row);
        }
        return drawn;
    }
}
