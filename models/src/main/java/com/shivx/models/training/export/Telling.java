package com.shivx.models.training.export;

import com.shivx.models.training.TrainedModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values of a row that tell most about its answer: the one probed, then the weightiest. */
final class Telling {

    private static final int MOST = 6;

    private Telling() {}

    static String of(TrainedModel model, ProbeRows probes, int row) {
        List<String> columns = model.columns();
        Set<String> names = new LinkedHashSet<>();
        if (probes.probed()[row] >= 0) {
            names.add(columns.get(probes.probed()[row]));
        }
        model.importance().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> names.add(entry.getKey()));
        names.addAll(columns);
        List<String> told = new ArrayList<>();
        for (String name : names.stream().limit(MOST).toList()) {
            told.add(name + "=" + probes.rows().value(row, columns.indexOf(name)));
        }
        return String.join(", ", told)
                + (columns.size() > MOST ? ", and " + (columns.size() - MOST) + " more" : "");
    }
}
