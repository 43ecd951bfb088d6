package com.shivx.models.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Two versions side by side: a function of their files and of how fast they were found to be.
 *
 * @param rows by what they are about, and within that by name
 */
public record VersionComparison(List<Row> rows) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a row is about. */
    public enum Subject {
        /** What {@code signature.json} says but its columns. */
        SIGNATURE,
        /** A column that a version takes, with its position from 1. */
        FEATURE,
        /** What {@code provenance.json} says. */
        PROVENANCE,
        /** A number of {@code metrics.json}. */
        METRIC,
        /** Bytes of the model's file. */
        SIZE,
        /** Microseconds a row, in large batches; differs between machines. */
        SPEED
    }

    /**
     * One thing of both.
     *
     * @param a of the first version; null where it has none
     * @param b of the second
     * @param difference b − a, in the unit of both; null where one is no finite number
     */
    public record Row(
            Subject subject,
            String name,
            @Nullable String a,
            @Nullable String b,
            @Nullable Double difference) {

        /** Whether both have the same. */
        public boolean isEqual() {
            return Objects.equals(a, b);
        }
    }

    /**
     * A version that is compared.
     *
     * @param microsPerRow how long it takes for a row; null where nobody has looked
     */
    public record Side(VersionFiles files, @Nullable Double microsPerRow) {}

    public VersionComparison {
        rows = List.copyOf(rows);
    }

    public static VersionComparison of(Side a, Side b) {
        List<Row> rows = new ArrayList<>();
        addSignatures(rows, a.files, b.files);
        addFeatures(rows, columns(a.files), columns(b.files));
        addFlat(
                rows,
                Subject.PROVENANCE,
                flat(a.files, ArtifactFile.PROVENANCE),
                flat(b.files, ArtifactFile.PROVENANCE));
        addFlat(
                rows,
                Subject.METRIC,
                flat(a.files, ArtifactFile.METRICS),
                flat(b.files, ArtifactFile.METRICS));
        rows.add(row(Subject.SIZE, "bytes", size(a.files), size(b.files)));
        if (a.microsPerRow != null || b.microsPerRow != null) {
            rows.add(row(Subject.SPEED, "microsPerRow", micros(a), micros(b)));
        }
        return new VersionComparison(rows);
    }

    private static void addSignatures(List<Row> rows, VersionFiles a, VersionFiles b) {
        Map<String, String> left = flat(a, ArtifactFile.SIGNATURE);
        Map<String, String> right = flat(b, ArtifactFile.SIGNATURE);
        left.keySet().removeIf(name -> name.startsWith("columns."));
        right.keySet().removeIf(name -> name.startsWith("columns."));
        addFlat(rows, Subject.SIGNATURE, left, right);
    }

    private static void addFlat(
            List<Row> rows, Subject subject, Map<String, String> a, Map<String, String> b) {
        Set<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        names.forEach(name -> rows.add(row(subject, name, a.get(name), b.get(name))));
    }

    private static void addFeatures(List<Row> rows, List<String> a, List<String> b) {
        Set<String> names = new LinkedHashSet<>(a);
        names.addAll(b);
        for (String name : names) {
            rows.add(new Row(Subject.FEATURE, name, position(a, name), position(b, name), null));
        }
    }

    private static @Nullable String position(List<String> columns, String name) {
        int index = columns.indexOf(name);
        return index < 0 ? null : String.valueOf(index + 1);
    }

    private static Row row(Subject subject, String name, @Nullable String a, @Nullable String b) {
        Double left = a == null ? null : FlatJson.number(a);
        Double right = b == null ? null : FlatJson.number(b);
        return new Row(subject, name, a, b, left == null || right == null ? null : right - left);
    }

    private static List<String> columns(VersionFiles files) {
        byte[] signature = files.get(ArtifactFile.SIGNATURE);
        List<String> columns = new ArrayList<>();
        if (signature != null) {
            try {
                for (JsonNode column : JSON.readTree(signature).path("columns")) {
                    columns.add(column.asText());
                }
            } catch (IOException e) {
                throw new IllegalStateException("files of a version are JSON", e);
            }
        }
        return columns;
    }

    private static Map<String, String> flat(VersionFiles files, ArtifactFile file) {
        return FlatJson.of(files.get(file));
    }

    private static @Nullable String size(VersionFiles files) {
        byte[] model = files.get(ArtifactFile.MODEL);
        return model == null ? null : String.valueOf(model.length);
    }

    private static @Nullable String micros(Side side) {
        return side.microsPerRow == null
                ? null
                : String.format(Locale.ROOT, "%.3f", side.microsPerRow);
    }
}
