package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.rows.RowFile;
import com.shivx.drift.live.ColumnReport;
import com.shivx.drift.live.WindowReport;
import com.shivx.drift.reference.Psi;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.artifact.NamedNumbers;
import com.shivx.models.drift.DriftCheck;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.MeasuredFiles;
import com.shivx.models.registry.ModelLocator;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.VersionName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code shivx drift check}: rows of a file beside a version's reference. */
@Command(
        name = "check",
        sortOptions = false,
        description = {
            "Compare rows of a file with what a version was measured on, as one window.",
            "By ks a column is beyond where its Kolmogorov-Smirnov distance is above the threshold that chunks of the"
                    + " reference give, each as long as a live window: more rows than a window has vary less than"
                    + " that. By psi where its population stability index, without what chance makes, is 0.25 or"
                    + " more: which is blind to small shifts, and in quiet windows of features that hang together in"
                    + " time often is more."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx drift check --model direction@production --data today.csv",
            "  shivx drift check --model model.onnx --data features.jsonl.gz --method psi -o json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no column is beyond",
            "1:one is, or there was too little to tell, or it could not be done",
            "2:wrong usage"
        })
final class DriftCheckCommand implements Callable<Integer> {

    /** What a column is judged by. */
    enum Method {
        KS,
        PSI
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "M",
            required = true,
            description =
                    "A version such as direction@2.1.0, or an ONNX file with reference.json beside it.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String model;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            required = true,
            description =
                    "Rows: CSV whose header names the model's columns, or feature vectors as JSON lines; either with gzip.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path data;

    @Option(
            names = "--method",
            paramLabel = "psi|ks",
            description = "What a column is judged by (default: ks).")
    private Method method = Method.KS;

    @Mixin private final ContractInputs contract = new ContractInputs();
    @Mixin private final RegistryInputs registry = new RegistryInputs();
    @Mixin private final OutputFormat format = new OutputFormat();

    @Override
    public Integer call() throws Exception {
        ModelFile named = ModelFile.read(model, contract, registry, null, null);
        DriftCheck check = check(named);
        RowFile.of(data, named.artifact().contract()).read((values, label) -> check.row(values));
        WindowReport report = check.report();
        long beyond = report.columns().stream().filter(this::isBeyond).count();
        long judged = report.columns().stream().filter(this::isJudged).count();
        PrintWriter out = Shivx.out(spec);
        if (format.isJson()) {
            out.println(
                    DriftTable.json(report)
                            .put("model", named.artifact().contract().id())
                            .put("method", method.name())
                            .put("judged", judged)
                            .put("beyond", beyond)
                            .toPrettyString());
        } else {
            DriftTable.columns(report.columns()).forEach(out::println);
            out.println();
            out.println(
                    "%s: %d of %d judged columns beyond, by %s; %d rows, thresholds for windows of %s"
                            .formatted(
                                    named.artifact().contract().id(),
                                    beyond,
                                    judged,
                                    method,
                                    report.rows(),
                                    Duration.of(check.windowMicros(), ChronoUnit.MICROS)));
            if (judged == 0) {
                out.println("there was too little to tell: which is not the same as no drift");
            }
        }
        out.flush();
        return beyond == 0 && judged > 0 ? 0 : 1;
    }

    private DriftCheck check(ModelFile named) throws ModelRefusedException {
        Map<ArtifactFile, byte[]> measured = measured();
        byte[] reference = measured.get(ArtifactFile.REFERENCE);
        if (reference == null) {
            throw new CommandException(
                    "%s has no %s to be compared with; train it with 'shivx train', which measures one"
                            .formatted(model, ArtifactFile.REFERENCE.fileName()));
        }
        byte[] importance = measured.get(ArtifactFile.IMPORTANCE);
        return DriftCheck.of(
                named.artifact().contract(),
                reference,
                importance == null
                        ? Map.of()
                        : NamedNumbers.read(ArtifactFile.IMPORTANCE.fileName(), importance));
    }

    private Map<ArtifactFile, byte[]> measured() {
        if (ModelLocator.of(model) instanceof VersionName name) {
            ModelRegistry opened = registry.open();
            return MeasuredFiles.of(opened.files(opened.resolve(name)));
        }
        return MeasuredFiles.beside(Path.of(model));
    }

    private boolean isBeyond(ColumnReport column) {
        return isJudged(column)
                && switch (method) {
                    case PSI -> column.psiLevel() == Psi.Level.SIGNIFICANT;
                    // The first window of a column beyond its threshold or range.
                    case KS -> column.timesBeyond() > 0;
                };
    }

    private boolean isJudged(ColumnReport column) {
        return switch (column.verdict()) {
            case OK, WARN, ALERT -> true;
            // It tells of what rows hang together in time would do to a distance only.
            case BLIND -> method == Method.PSI;
            case INSUFFICIENT, UNWATCHED -> false;
        };
    }
}
