package com.shivx.models.training.command;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.training.Parameter;
import com.shivx.models.training.Rows;
import com.shivx.models.training.SearchSpace;
import com.shivx.models.training.Settings;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.Trainer;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.training.TrainingTask;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets another program train: {@code command:python train.py} is run with a {@link TrainingFolder}
 * as its last argument and writes {@code model.onnx} there. Its lines are shown as they come.
 *
 * <p>All parameters are the program's own, but for {@code timeout_seconds} (3600): it is killed
 * then, with all that it has started. There is no second predictor to hold its file against, so
 * what it is held to is the serving contract: columns and classes, a trial run, probabilities that
 * are some, and each row's bits the same in any company.
 */
public final class CommandTrainer implements Trainer {

    /** What the name of such a trainer begins with. */
    public static final String PREFIX = "command:";

    private static final Parameter TIMEOUT = Parameter.whole("timeout_seconds", 3600, 1, 604_800);

    private final String command;

    /**
     * A trainer of that command.
     *
     * @param command for the shell
     */
    public CommandTrainer(String command) {
        if (command.isBlank()) {
            throw new IllegalArgumentException(
                    "the command is empty; name one, as in command:python train.py");
        }
        this.command = command.strip();
    }

    @Override
    public String name() {
        return PREFIX + command;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(TIMEOUT);
    }

    /** Its parameters are unknown here. */
    @Override
    public SearchSpace space() {
        return SearchSpace.NONE;
    }

    @Override
    public TrainedModel train(TrainingTask task, Rows fit, Rows stop, TrainingListener progress)
            throws TrainingException {
        task.check(fit, stop);
        Map<String, String> own = new TreeMap<>(task.parameters());
        String given = own.remove(TIMEOUT.name());
        Settings ours =
                Settings.of(
                        List.of(TIMEOUT), given == null ? Map.of() : Map.of(TIMEOUT.name(), given));
        CommandRun run = new CommandRun(command, Duration.ofSeconds(ours.whole(TIMEOUT.name())));
        try (TrainingFolder folder = TrainingFolder.write(task.with(own), fit, stop)) {
            List<String> last = run.in(folder.path(), progress);
            if (!Files.exists(folder.output())) {
                throw run.failure("wrote no " + TrainingFolder.OUTPUT, last);
            }
            return model(task, fit.columns(), folder, run, last);
        }
    }

    private static CommandModel model(
            TrainingTask task,
            List<String> columns,
            TrainingFolder folder,
            CommandRun run,
            List<String> last)
            throws TrainingException {
        try {
            String classes = task.classes().isEmpty() ? null : String.join(",", task.classes());
            ContractFlags flags =
                    ContractFlags.parse(null, String.join(",", columns), classes, null);
            byte[] bytes = ModelArtifact.readOfAnyColumns(folder.output(), flags).bytes();
            return CommandModel.of(task, columns, bytes, last);
        } catch (ModelRefusedException e) {
            TrainingException failure =
                    run.failure("wrote a model that cannot serve (" + e.getMessage() + ")", last);
            failure.initCause(e);
            throw failure;
        }
    }
}
