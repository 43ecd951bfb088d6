package com.shivx.models.contract;

import com.shivx.models.Action;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model version takes and gives: the signature that it is held to before it serves.
 *
 * @param model the model line, such as {@code direction}
 * @param version semantic version; immutable
 * @param task what it answers
 * @param featureSet name of the feature set whose vectors it takes; null for a model of anything
 *     else
 * @param featureSetHash hash of that set; null with it
 * @param columns names of what it takes, in its order: features of the set
 * @param classes names of its classes in its order; empty for a regression
 * @param actions one a class, null where it has none; empty for a regression
 * @param output what its numbers mean; null where the trial run is to tell
 * @param imputes whether it promises an answer for a row of missing values
 */
public record ModelContract(
        String model,
        String version,
        Task task,
        @Nullable String featureSet,
        @Nullable String featureSetHash,
        List<String> columns,
        List<String> classes,
        List<@Nullable Action> actions,
        @Nullable OutputKind output,
        boolean imputes)
        implements Serializable {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern VERSION =
            Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");

    public ModelContract {
        require(
                NAME.matcher(model).matches(),
                "model name '" + model + "' is not of [A-Za-z0-9._-]");
        require(
                VERSION.matcher(version).matches(),
                "version '" + version + "' is not semantic (2.1.0)");
        require(!columns.isEmpty(), "no columns");
        require(
                columns.stream().distinct().count() == columns.size(),
                "a column twice in " + columns);
        require(
                classes.stream().distinct().count() == classes.size(),
                "a class twice in " + classes);
        require(actions.size() == classes.size(), "one action a class");
        require(
                (task == Task.CLASSIFICATION) != classes.isEmpty(),
                "classes are for a classification");
        require(
                output == null || (task == Task.REGRESSION) == (output == OutputKind.VALUE),
                "a " + task + " does not give " + output);
        columns = List.copyOf(columns);
        classes = List.copyOf(classes);
        actions = Collections.unmodifiableList(new ArrayList<>(actions));
    }

    /** {@code model@version}. */
    public String id() {
        return model + "@" + version;
    }

    /** The same of another version. */
    public ModelContract as(String otherVersion) {
        return new ModelContract(
                model,
                otherVersion,
                task,
                featureSet,
                featureSetHash,
                columns,
                classes,
                actions,
                output,
                imputes);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
