package com.shivx.models.contract;

import com.shivx.features.FeatureSet;
import com.shivx.models.Action;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.graph.InputLayout;
import com.shivx.models.graph.ServingGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes a contract of what file, signature and flags say, and of what the graph itself shows. */
final class ContractResolver {

    private static final Map<String, Action> DIRECTION_ACTIONS =
            Map.of("DOWN", Action.SELL, "FLAT", Action.HOLD, "UP", Action.BUY);

    private static final String COLUMNS_REMEDY =
            "name its columns in its order with --columns a,b,c";

    private final ServingGraph graph;
    private final ContractText said;

    ContractResolver(ServingGraph graph, ContractText said) {
        this.graph = graph;
        this.said = said;
    }

    /**
     * The contract of a model that takes vectors of a feature set, each of whose classes says what
     * to do.
     */
    ModelContract resolveForFeatureSet() throws ModelRefusedException {
        String name = said.get(ContractItem.FEATURE_SET);
        if (name == null) {
            throw missing(ContractItem.FEATURE_SET, "name it with --features market-v1");
        }
        FeatureSet set = FeatureFit.featureSet(name);
        said.sayDefault(ContractItem.FEATURE_SET_HASH, set.hash());
        if (!graph.inputs().perColumn()) {
            if (graph.inputs().columns() == set.size()) {
                said.sayDefault(ContractItem.COLUMNS, String.join(",", FeatureFit.names(set)));
            } else if (said.get(ContractItem.COLUMNS) == null) {
                throw missing(ContractItem.COLUMNS, COLUMNS_REMEDY);
            }
        }
        ModelContract contract = resolve();
        for (int i = 0; i < contract.classes().size(); i++) {
            if (contract.actions().get(i) == null) {
                throw new ModelRefusedException(
                        "its class " + contract.classes().get(i) + " has no action",
                        "give each class BUY, HOLD or SELL with --actions "
                                + String.join("=HOLD,", contract.classes())
                                + "=HOLD");
            }
        }
        FeatureFit.of(contract, graph.inputs());
        return contract;
    }

    /** The contract of a model of any columns. */
    ModelContract resolve() throws ModelRefusedException {
        Task task = task();
        List<String> columns = columns();
        List<String> classes = task == Task.REGRESSION ? List.of() : classes();
        List<@Nullable Action> actions = actions(classes);
        try {
            return new ModelContract(
                    Objects.requireNonNull(said.get(ContractItem.MODEL)),
                    Objects.requireNonNull(said.get(ContractItem.VERSION)),
                    task,
                    said.get(ContractItem.FEATURE_SET),
                    said.get(ContractItem.FEATURE_SET_HASH),
                    columns,
                    classes,
                    actions,
                    oneOf(ContractItem.OUTPUT, OutputKind.values()),
                    oneOf(ContractItem.MISSING, Missing.values()) == Missing.IMPUTED);
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException(
                    "the contract does not hold: " + e.getMessage(), "correct it", e);
        }
    }

    private enum Missing {
        IMPUTED,
        UNANSWERED
    }

    /**
     * A classifier says so, has classes, or has a label output; what has none and gives one number
     * is a regression.
     */
    private Task task() throws ModelRefusedException {
        Task declared = oneOf(ContractItem.TASK, Task.values());
        if (declared != null) {
            return declared;
        }
        boolean classifies =
                said.get(ContractItem.CLASSES) != null
                        || !graph.labels().texts().isEmpty()
                        || graph.label() != null
                        || graph.scoreWidth() > 1;
        return classifies ? Task.CLASSIFICATION : Task.REGRESSION;
    }

    private List<String> columns() throws ModelRefusedException {
        InputLayout inputs = graph.inputs();
        List<String> declared = list(ContractItem.COLUMNS);
        if (inputs.perColumn()
                && (declared == null
                        || new HashSet<>(declared).equals(new HashSet<>(inputs.names())))) {
            return inputs.names();
        }
        int width = inputs.columns();
        if (declared != null) {
            FeatureFit.check(declared, inputs, said.by(ContractItem.COLUMNS));
            return declared;
        }
        if (width == InputLayout.OPEN) {
            throw missing(ContractItem.COLUMNS, COLUMNS_REMEDY);
        }
        return IntStream.range(0, width).mapToObj(i -> "x" + i).toList();
    }

    private List<String> classes() throws ModelRefusedException {
        List<String> labels = graph.labels().texts();
        if (graph.labels().areNames()) {
            said.say(ContractItem.CLASSES, String.join(",", labels), "the graph's labels");
        }
        List<String> classes = list(ContractItem.CLASSES);
        if (classes == null) {
            throw missing(
                    ContractItem.CLASSES,
                    "name its classes in its order with --classes DOWN,FLAT,UP"
                            + (labels.isEmpty() ? "" : " (its labels are " + labels + ")"));
        }
        if (!labels.isEmpty() && classes.size() != labels.size()) {
            throw new ModelRefusedException(
                    "the classes are "
                            + classes
                            + " by "
                            + said.by(ContractItem.CLASSES)
                            + ", and the graph has "
                            + labels.size()
                            + " labels: "
                            + labels,
                    "name one class a label in the graph's order with --classes");
        }
        return classes;
    }

    private List<@Nullable Action> actions(List<String> classes) throws ModelRefusedException {
        String text = said.get(ContractItem.ACTIONS);
        Map<String, Action> actions =
                text == null ? DIRECTION_ACTIONS : ContractFlags.parseActions(text);
        if (text != null && !classes.containsAll(actions.keySet())) {
            throw new ModelRefusedException(
                    "the actions are "
                            + text
                            + " by "
                            + said.by(ContractItem.ACTIONS)
                            + ", and the classes are "
                            + classes,
                    "give actions to classes it has, with --actions");
        }
        List<@Nullable Action> list = new ArrayList<>();
        for (String name : classes) {
            list.add(actions.get(name));
        }
        return list;
    }

    private @Nullable List<String> list(ContractItem item) {
        String text = said.get(item);
        return text == null ? null : ContractFlags.parseList(text);
    }

    private <E extends Enum<E>> @Nullable E oneOf(ContractItem item, E[] values)
            throws ModelRefusedException {
        String text = said.get(item);
        if (text == null) {
            return null;
        }
        for (E value : values) {
            if (value.name().equalsIgnoreCase(text)) {
                return value;
            }
        }
        throw new ModelRefusedException(
                said.by(item) + " is " + text,
                "make it one of " + Arrays.toString(values).toLowerCase(Locale.ROOT));
    }

    private static ModelRefusedException missing(ContractItem item, String remedy) {
        return new ModelRefusedException(
                "neither the file nor a flag says its " + item.words(), remedy);
    }
}
