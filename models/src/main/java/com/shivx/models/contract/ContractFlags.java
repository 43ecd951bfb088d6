package com.shivx.models.contract;

import com.shivx.models.Action;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says about a model whose file does not say it; null where a flag is not
 * given.
 *
 * @param model {@code --model}: the model line
 * @param version {@code --version}: the semantic version
 * @param features {@code --features}: name of the feature set
 * @param columns {@code --columns}: the features the model takes, in its order
 * @param classes {@code --classes}: names of the model's classes, in its order
 * @param actions {@code --actions}: the action of each class
 */
public record ContractFlags(
        @Nullable String model,
        @Nullable String version,
        @Nullable String features,
        @Nullable List<String> columns,
        @Nullable List<String> classes,
        @Nullable Map<String, Action> actions) {

    /** No flag given: the file must say everything. */
    public static final ContractFlags NONE = new ContractFlags(null, null, null, null, null, null);

    /**
     * The flags as typed: lists separated by commas, actions as {@code UP=BUY,FLAT=HOLD,DOWN=SELL}.
     *
     * @throws IllegalArgumentException for an action that is not BUY, HOLD or SELL
     */
    public static ContractFlags parse(
            @Nullable String features,
            @Nullable String columns,
            @Nullable String classes,
            @Nullable String actions) {
        return new ContractFlags(
                null,
                null,
                features,
                columns == null ? null : parseList(columns),
                classes == null ? null : parseList(classes),
                actions == null ? null : parseActions(actions));
    }

    /** The same with a name: the model line and the version that the file is to be. */
    public ContractFlags named(@Nullable String modelLine, @Nullable String semanticVersion) {
        return new ContractFlags(modelLine, semanticVersion, features, columns, classes, actions);
    }

    static List<String> parseList(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).toList();
    }

    static Map<String, Action> parseActions(String text) {
        Map<String, Action> actions = new LinkedHashMap<>();
        for (String pair : parseList(text)) {
            int equals = pair.indexOf('=');
            String action = pair.substring(equals + 1).strip();
            if (equals < 1
                    || Arrays.stream(Action.values()).noneMatch(a -> a.name().equals(action))) {
                throw new IllegalArgumentException(
                        "'" + pair + "' is not CLASS=BUY, CLASS=HOLD or CLASS=SELL");
            }
            actions.put(pair.substring(0, equals).strip(), Action.valueOf(action));
        }
        return actions;
    }
}
