package com.shivx.models.training.named;

import com.shivx.models.training.Trainer;
import com.shivx.models.training.command.CommandTrainer;
import com.shivx.models.training.linear.LinearTrainer;
import com.shivx.models.training.xgboost.XgboostTrainer;
import java.util.List;

/** The trainers there are. */
public final class Trainers {

    private static final List<Trainer> NAMED = List.of(new XgboostTrainer(), new LinearTrainer());

    private Trainers() {}

    /**
     * The trainer of that name: {@code xgboost}, {@code linear}, or {@code command:CMD}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Trainer byName(String name) {
        if (name.startsWith(CommandTrainer.PREFIX)) {
            return new CommandTrainer(name.substring(CommandTrainer.PREFIX.length()));
        }
        for (Trainer trainer : NAMED) {
            if (trainer.name().equals(name)) {
                return trainer;
            }
        }
        throw new IllegalArgumentException(
                "trainer '%s' is not known; use one of %s"
                        .formatted(name, String.join(", ", names())));
    }

    /** Their names, for help and errors. */
    public static List<String> names() {
        return List.of(NAMED.get(0).name(), NAMED.get(1).name(), CommandTrainer.PREFIX + "CMD");
    }
}
