package com.shivx.features;

import com.shivx.features.bar.Bar;
import com.shivx.features.bar.BarBuilder;
import com.shivx.features.tick.Tick;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * An ordered, named, immutable list of features, and the calculation of them all. Safe to share
 * between threads; a symbol's state is not.
 *
 * <p>All numbers of a symbol stand in one array:
 *
 * <pre>
 * | stamp, moment | bars closed | open bar | kernels of ticks | kernels of bars |
 *                 |---- zeroed by a gap ---|                  | zeroed by a gap |
 * </pre>
 */
public final class FeatureSet {

    private static final int BARS_CLOSED = Moment.SLOTS;
    private static final int OPEN_BAR = BARS_CLOSED + 1;
    private static final int FIRST_KERNEL = OPEN_BAR + BarBuilder.SLOTS;
    private static final int SHORT_HASH_LENGTH = 8;
    private static final double NANOS_PER_SECOND = 1e9;

    private final String name;
    private final List<Feature> features;
    private final Map<String, Integer> indexes = new LinkedHashMap<>();
    private final WarmUp[] warmUps;
    private final WarmUp warmUp;
    private final String hash;
    private final String shortHash;
    private final ContractRules contracts;
    private final double sessionGapSeconds;
    private final BarBuilder bars;
    private final KernelLayout kernels;
    private final double stamp;

    private FeatureSet(Builder builder) {
        name = builder.name;
        features = builder.definitions.stream().<Feature>map(Definition::schema).toList();
        features.forEach(feature -> indexes.put(feature.name(), indexes.size()));
        warmUps = features.stream().map(Feature::warmUp).toArray(WarmUp[]::new);
        warmUp = features.stream().map(Feature::warmUp).reduce(WarmUp.NONE, WarmUp::and);
        contracts = builder.contracts;
        sessionGapSeconds = builder.sessionGap.toNanos() / NANOS_PER_SECOND;
        bars = new BarBuilder(TimeUnit.MICROSECONDS.convert(builder.barInterval));
        kernels = new KernelLayout(builder.definitions, FIRST_KERNEL);
        hash = HexFormat.of().formatHex(Sha256.of(builder.canonical()));
        shortHash = hash.substring(0, SHORT_HASH_LENGTH);
        // 48 bits are exact in a double, and one more than 0 is no unused slot.
        stamp = 1 + (ByteBuffer.wrap(Sha256.of(hash + kernels)).getLong() >>> 16);
    }

    /** A new set of that name. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Name and version, such as {@code market-v1}. */
    public String name() {
        return name;
    }

    /** SHA-256, in hex, of everything that decides what the numbers mean; not of the prose. */
    public String hash() {
        return hash;
    }

    /** The first eight digits of {@link #hash()}. */
    public String shortHash() {
        return shortHash;
    }

    /** The schemas, in the order of the values. */
    public List<Feature> features() {
        return features;
    }

    /** Number of features. */
    public int size() {
        return features.size();
    }

    /**
     * Where a feature stands in the values.
     *
     * @throws IllegalArgumentException naming the features, where there is none of that name
     */
    public int indexOf(String feature) {
        Integer index = indexes.get(feature);
        if (index == null) {
            throw new IllegalArgumentException(
                    "No feature '"
                            + feature
                            + "' in "
                            + name
                            + "; it has "
                            + String.join(", ", indexes.keySet()));
        }
        return index;
    }

    /** What must have passed before a vector is ready: the most that any feature asks for. */
    public WarmUp warmUp() {
        return warmUp;
    }

    /** A symbol never seen. */
    public SymbolState newState() {
        return new SymbolState();
    }

    /**
     * Takes a good tick of the state's symbol, and computes every feature as of now. Numbers that
     * another set left in the state, or another layout of this one, are not used: it starts cold.
     */
    public FeatureVector update(Tick tick, SymbolState state) {
        double[] numbers = numbers(state);
        Moment now = new Moment(tick, numbers, contracts, sessionGapSeconds);
        updateBars(now, numbers);
        kernels.onTick(now, numbers);
        return vector(now, numbers);
    }

    private double[] numbers(SymbolState state) {
        if (state.slots.length != kernels.slots() || state.slots[Moment.STAMP] != stamp) {
            state.slots = new double[kernels.slots()];
            state.slots[Moment.STAMP] = stamp;
        }
        return state.slots;
    }

    private void updateBars(Moment now, double[] numbers) {
        if (now.isSessionStart()) {
            Arrays.fill(numbers, BARS_CLOSED, FIRST_KERNEL, 0);
            kernels.resetBarKernels(numbers);
        }
        long passed = bars.intervalsUntil(now.micros(), numbers, OPEN_BAR);
        if (passed > 0) {
            Bar closed = bars.bar(numbers, OPEN_BAR);
            kernels.onBars(closed, passed - 1, numbers);
            numbers[BARS_CLOSED] += passed;
        }
        if (passed > 0 || now.isSessionStart()) {
            bars.open(now.micros(), now.price(), numbers, OPEN_BAR);
        }
        if (now.isPriced()) {
            bars.price(now.price(), numbers, OPEN_BAR);
        }
        if (now.isTrade()) {
            Tick trade = now.tick();
            bars.trade(trade.price(), trade.size(), now.notional(), numbers, OPEN_BAR);
        }
    }

    private FeatureVector vector(Moment now, double[] numbers) {
        double ticks = now.ticks();
        double barsClosed = numbers[BARS_CLOSED];
        double seconds = now.secondsSinceStart();
        boolean ready = warmUp.isOver(ticks, barsClosed, seconds);
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    ready || warmUps[i].isOver(ticks, barsClosed, seconds)
                            ? (float) kernels.read(i, now, numbers)
                            : Float.NaN;
        }
        Tick tick = now.tick();
        return new FeatureVector(
                FeatureVector.idOf(tick, shortHash),
                tick.symbol(),
                tick.kind(),
                tick.eventTimeMicros(),
                hash,
                ready,
                values);
    }

    /** What is wrong with a vector that claims to be of this set, one line each; none if valid. */
    public List<String> problems(FeatureVector vector) {
        if (!vector.featureSetHash().equals(hash)) {
            return List.of(
                    String.format(
                            Locale.ROOT,
                            "Vector %s is of feature set %s, not of %s (%s): compute it with the"
                                    + " set it is meant for",
                            vector.vectorId(),
                            vector.featureSetHash(),
                            name,
                            hash));
        }
        if (vector.values().length != size()) {
            return List.of(
                    String.format(
                            Locale.ROOT,
                            "Vector %s has %d values where %s has %d features: read it again from"
                                    + " where it was written",
                            vector.vectorId(),
                            vector.values().length,
                            name,
                            size()));
        }
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            features.get(i).problem(vector.values()[i]).ifPresent(problems::add);
        }
        return problems;
    }

    /** The set as a table, one row a feature. */
    public String describe() {
        return features.stream()
                .map(Feature::describe)
                .collect(Collectors.joining("\n", Feature.DESCRIPTION_HEADER + "\n", ""));
    }

    @Override
    public String toString() {
        return name + "~" + shortHash;
    }

    /** Collects features in the order of the vector. */
    public static final class Builder {

        private final String name;
        private final List<Definition<?>> definitions = new ArrayList<>();
        private ContractRules contracts = ContractRules.UNIT;
        private Duration barInterval = Duration.ofSeconds(1);
        private Duration sessionGap = Duration.ofMinutes(10);

        private Builder(String name) {
            this.name = name;
        }

        /** Length of the bars that bar kernels see; one second unless told. */
        public Builder bars(Duration interval) {
            barInterval = interval;
            return this;
        }

        /** A longer silence starts bar kernels anew; ten minutes unless told. */
        public Builder sessionGap(Duration gap) {
            sessionGap = gap;
            return this;
        }

        /** What a unit of size is worth, by symbol; the underlying itself unless told. */
        public Builder contracts(ContractRules rules) {
            contracts = rules;
            return this;
        }

        /** Adds a feature: its schema, the kernel that computes it, and what to read off it. */
        public <K extends Kernel> Builder feature(Feature schema, K kernel, Reading<K> reading) {
            if (definitions.stream().anyMatch(d -> d.schema().name().equals(schema.name()))) {
                throw new IllegalArgumentException(
                        name + " has two features named " + schema.name() + ": rename one");
            }
            definitions.add(new Definition<>(schema, kernel, reading));
            return this;
        }

        /** The finished set. */
        public FeatureSet build() {
            if (definitions.isEmpty()) {
                throw new IllegalArgumentException(name + " has no feature: add one");
            }
            return new FeatureSet(this);
        }

        private String canonical() {
            return definitions.stream()
                    .map(Definition::canonical)
                    .collect(
                            Collectors.joining(
                                    "\n",
                                    String.join(
                                            "\n",
                                            name,
                                            "bars " + barInterval,
                                            "session gap " + sessionGap,
                                            contracts.toString(),
                                            ""),
                                    ""));
        }
    }
}
