package com.shivx.models.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of one training: those given, checked, and the defaults of the others. */
public final class Settings {

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads what was given.
     *
     * @param known all that the trainer takes
     * @throws TrainingException if a name is none of them, or a value not allowed
     */
    public static Settings of(List<Parameter> known, Map<String, String> given)
            throws TrainingException {
        Map<String, String> values = new TreeMap<>(given);
        for (Parameter parameter : known) {
            String value = values.putIfAbsent(parameter.name(), parameter.fallback());
            if (value != null) {
                parameter.check(value);
            }
        }
        if (values.size() > known.size()) {
            List<String> names = known.stream().map(Parameter::name).toList();
            String unknown =
                    given.keySet().stream().filter(n -> !names.contains(n)).toList().get(0);
            throw new TrainingException(
                    "parameter %s=%s is not known".formatted(unknown, given.get(unknown)),
                    "use one of " + String.join(", ", names));
        }
        return new Settings(values);
    }

    public int whole(String name) {
        return Integer.parseInt(text(name));
    }

    public double real(String name) {
        return Double.parseDouble(text(name));
    }

    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no parameter is called " + name);
        }
        return value;
    }

    /** Those of a training, the defaults among them, by name. */
    @Override
    public String toString() {
        return values.toString();
    }
}
