package com.shivx.models.candidate;

import com.shivx.features.FeatureSet;
import com.shivx.features.label.Direction;
import com.shivx.models.Action;
import com.shivx.models.training.Rows;
import com.shivx.models.validation.LabelledRows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Gathers rows in whatever order they come, and puts them into one that does not depend on it:
 * event time, symbol, place.
 */
public final class TrainingRows {

    /** Classes of a direction, in the order of their index. */
    public static final List<String> CLASSES =
            Arrays.stream(Direction.values()).map(Direction::name).toList();

    /** What each says to do. */
    public static final List<Action> ACTIONS = List.of(Action.SELL, Action.HOLD, Action.BUY);

    private final FeatureSet features;
    private final long horizonMicros;
    private final Map<String, Integer> symbols = new TreeMap<>();
    private float[] values = new float[1 << 16];
    private long[] times = new long[1 << 10];
    private long[] places = new long[1 << 10];
    private int[] symbolOf = new int[1 << 10];
    private byte[] truths = new byte[1 << 10];
    private double[] buys = new double[1 << 10];
    private double[] sells = new double[1 << 10];
    private int count;

    /**
     * None yet.
     *
     * @param features whose vectors they are
     * @param horizonMicros how long after its row a label was decided
     */
    public TrainingRows(FeatureSet features, long horizonMicros) {
        this.features = features;
        this.horizonMicros = horizonMicros;
    }

    /**
     * One more.
     *
     * @throws IllegalArgumentException if its vector is not one of the set, or there are more rows
     *     than an array of their values holds
     */
    public void add(TrainingRow row) {
        int width = features.size();
        if (row.values().length != width) {
            throw new IllegalArgumentException(
                    "a row of %s has %d values, and %s has %d features"
                            .formatted(row.symbol(), row.values().length, features.name(), width));
        }
        if ((count + 1L) * width > Integer.MAX_VALUE - 8L) {
            throw new IllegalArgumentException(
                    "more than %d rows of %d features do not fit; take a shorter time, or fewer symbols"
                            .formatted(count, width));
        }
        grow(width);
        System.arraycopy(row.values(), 0, values, count * width, width);
        times[count] = row.eventTimeMicros();
        places[count] = row.place();
        symbolOf[count] = symbols.computeIfAbsent(row.symbol(), name -> symbols.size());
        truths[count] = (byte) row.direction().ordinal();
        buys[count] = row.buyBps();
        sells[count] = row.sellBps();
        count++;
    }

    private void grow(int width) {
        if ((count + 1) * width > values.length) {
            values = Arrays.copyOf(values, larger(values.length));
        }
        if (count == times.length) {
            int length = larger(count);
            times = Arrays.copyOf(times, length);
            places = Arrays.copyOf(places, length);
            symbolOf = Arrays.copyOf(symbolOf, length);
            truths = Arrays.copyOf(truths, length);
            buys = Arrays.copyOf(buys, length);
            sells = Arrays.copyOf(sells, length);
        }
    }

    private static int larger(int length) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, length + (length >> 1) + 1L);
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** All of them in order; this holds nothing afterwards. */
    public TrainingSet toSet() {
        // By name, as the map has them.
        int[] rank = new int[symbols.size()];
        int place = 0;
        for (int index : symbols.values()) {
            rank[index] = place++;
        }
        int[] order =
                IntStream.range(0, count)
                        .boxed()
                        .sorted(
                                Comparator.<Integer>comparingLong(i -> times[i])
                                        .thenComparingInt(i -> rank[symbolOf[i]])
                                        .thenComparingLong(i -> places[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        List<String> sorted = List.copyOf(symbols.keySet());
        LabelledRows labelled =
                new LabelledRows(
                        Arrays.stream(order).mapToLong(i -> times[i]).toArray(),
                        Arrays.stream(order).map(i -> rank[symbolOf[i]]).toArray(),
                        sorted,
                        CLASSES,
                        ACTIONS,
                        Arrays.stream(order).map(i -> truths[i]).toArray(),
                        Arrays.stream(order).mapToDouble(i -> buys[i]).toArray(),
                        Arrays.stream(order).mapToDouble(i -> sells[i]).toArray(),
                        horizonMicros);
        float[] all = ordered(order);
        return new TrainingSet(rows(all, labelled.truths()), labelled, sha256(all, labelled));
    }

    private Rows rows(float[] all, int[] classes) {
        float[] targets = new float[classes.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = classes[i];
        }
        return Rows.of(
                features.features().stream().map(feature -> feature.name()).toList(), all, targets);
    }

    /** An infinity is no measurement: it is missing, as it is where the model serves. */
    private float[] ordered(int[] order) {
        int width = features.size();
        float[] all = new float[count * width];
        for (int to = 0; to < count; to++) {
            for (int i = 0; i < width; i++) {
                float value = values[order[to] * width + i];
                all[to * width + i] = Float.isInfinite(value) ? Float.NaN : value;
            }
        }
        values = new float[0];
        return all;
    }

    private String sha256(float[] all, LabelledRows labelled) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(features.hash().getBytes(StandardCharsets.UTF_8));
        digest.update(String.join("\n", labelled.symbolNames()).getBytes(StandardCharsets.UTF_8));
        int width = features.size();
        ByteBuffer row = ByteBuffer.allocate(width * Float.BYTES + 2 * Long.BYTES);
        for (int i = 0; i < labelled.rows(); i++) {
            row.clear();
            row.putLong(labelled.eventTimeMicros()[i]);
            row.putInt(labelled.symbols()[i]).putInt(labelled.truths()[i]);
            for (int k = 0; k < width; k++) {
                row.putFloat(all[i * width + k]);
            }
            digest.update(row.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
