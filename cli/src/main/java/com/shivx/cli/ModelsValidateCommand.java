package com.shivx.cli;

import com.shivx.jobs.TrainingJob;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.candidate.LearnedUntil;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.registry.ModelFile;
import com.shivx.models.registry.ModelLocator;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.VersionName;
import com.shivx.operators.training.TrainingEvent;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models validate}: whether one version is better than another, on the same rows. */
@Command(
        name = "validate",
        sortOptions = false,
        description = {
            "Judge a version against another on the same later rows: PROMOTE, KEEP or INCONCLUSIVE, and why.",
            "Rows that one of them has learned from are left out. A model is promoted only if its log-loss is shown"
                    + " to be better; an inconclusive answer is not a pass."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models validate direction@dev direction@production --ticks later/ --horizon 1s",
            "  shivx models validate mine.onnx direction@2.1.0 --ticks later/ --html report.html"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the first is to be promoted",
            "1:it is not, or there was too little to tell, or it could not be done",
            "2:wrong usage"
        })
final class ModelsValidateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "What may be promoted: a version such as direction@2.1.0, or a file.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String newer;

    @Parameters(
            index = "1",
            paramLabel = "B",
            description = "What it is compared with: a version, such as direction@production.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String old;

    @Mixin private final TrainingInputs inputs = new TrainingInputs();

    @Mixin private final ReportFiles files = new ReportFiles();

    @Mixin private final RegistryInputs registry = new RegistryInputs();
    @Mixin private final Settings.Broker broker = new Settings.Broker();
    @Mixin private final Settings settings = new Settings();

    @Override
    public Integer call() throws Exception {
        TrainingJob.Compared first = compared(newer);
        TrainingJob.Compared second = compared(old);
        Configuration options =
                TrainingInputs.resolve(
                        spec, broker, settings.configuration(values(first.artifact())));
        TrainingEvent end =
                TrainingRun.reported(
                        spec,
                        env -> TrainingJob.buildComparison(env, options, first, second),
                        options,
                        files);
        Shivx.out(spec).flush();
        return end.kind() == TrainingEvent.Kind.PROMOTE ? 0 : Errors.FAILURE;
    }

    private Map<String, String> values(ModelArtifact artifact) {
        Map<String, String> values = new TreeMap<>(broker.values());
        values.putAll(inputs.values());
        String set = artifact.contract().featureSet();
        if (set != null) {
            values.put(FeatureOptions.SET.key(), set);
        }
        return values;
    }

    private TrainingJob.Compared compared(String name) throws Exception {
        ModelLocator found = ModelLocator.of(name);
        if (found instanceof ModelFile file) {
            return new TrainingJob.Compared(
                    ModelArtifact.read(file.file(), ContractFlags.NONE), LearnedUntil.UNKNOWN);
        }
        ModelRegistry opened = registry.open();
        ModelVersion version = opened.resolve((VersionName) found);
        try {
            return new TrainingJob.Compared(
                    opened.artifact(version), LearnedUntil.micros(opened, version));
        } catch (ModelRefusedException e) {
            throw e.of(version.id());
        }
    }
}
