package com.shivx.features;

import com.shivx.features.bar.Bar;
import com.shivx.features.bar.BarBuilder;
import com.shivx.features.tick.Tick;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * An ordered, named, immutable list of features, and the calculation of them all. Safe to share
 * between threads; the state is not.
 *
 * <p>All numbers of a symbol stand in one array:
 *
 * <pre>
 * | moment | bars closed | open bar | tick kernels … | bar kernels … |
 * |        |             '------------- zeroed by a gap ------------'  (tick kernels excepted)
 * </pre>
 */
public final class FeatureSet {

    private static final int BARS_CLOSED = Moment.SLOTS;
    private static final int OPEN_BAR = BARS_CLOSED + 1;
    private static final int FIRST_KERNEL = OPEN_BAR + BarBuilder.SLOTS;
    private static final int SHORT_HASH_LENGTH = 8;

    private final String name;
    private final List<Feature> features;
    private final Map<String, Integer> indexes;
    private final WarmUp warmUp;
    private final String hash;
    private final String shortHash;

    private final ContractRules contracts;
    private final double sessionGapSeconds;
    private final BarBuilder bars;
    private final TickKernel[] tickKernels;
    private final int[] tickKernelsAt;
    private final BarKernel[] barKernels;
    private final int[] barKernelsAt;
    private final Output<?>[] outputs;
    private final int firstBarSlot;
    private final int slots;
    private final double stamp;

    private FeatureSet(Builder builder) {
        name = builder.name;
        features = List.copyOf(builder.features);
        contracts = builder.contracts;
        sessionGapSeconds = builder.sessionGap.toMillis() / 1e3;
        bars = new BarBuilder(TimeUnit.MICROSECONDS.convert(builder.barInterval));
        indexes = new LinkedHashMap<>();
        for (Feature feature : features) {
            indexes.put(feature.name(), indexes.size());
        }
        warmUp = features.stream().map(Feature::warmUp).reduce(WarmUp.NONE, WarmUp::and);

        // Equal kernels are one; those of bars come last, so that one fill resets them.
        Map<Kernel, Integer> layout = new LinkedHashMap<>();
        int next = layOut(builder.kernelsOf(false), FIRST_KERNEL, layout);
        firstBarSlot = next;
        slots = layOut(builder.kernelsOf(true), next, layout);
        tickKernels = ofType(layout, TickKernel.class).toArray(new TickKernel[0]);
        tickKernelsAt = offsets(layout, tickKernels);
        barKernels = ofType(layout, BarKernel.class).toArray(new BarKernel[0]);
        barKernelsAt = offsets(layout, barKernels);
        outputs =
                builder.declared.stream()
                        .map(declared -> declared.at(layout))
                        .toArray(Output<?>[]::new);

        String canonical = canonical(builder);
        hash = HexFormat.of().formatHex(sha256(canonical));
        shortHash = hash.substring(0, SHORT_HASH_LENGTH);
        // 48 bits are exact in a double; 1 keeps it apart from the zero of an unused slot.
        stamp = 1 + (ByteBuffer.wrap(sha256(canonical + layout)).getLong() >>> 16);
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
        Moment now = new Moment(tick, numbers, contracts);
        updateBars(now, numbers);
        for (int i = 0; i < tickKernels.length; i++) {
            tickKernels[i].onTick(now, numbers, tickKernelsAt[i]);
        }
        double ticks = now.ticks();
        double barsClosed = numbers[BARS_CLOSED];
        double seconds = now.secondsSinceStart();
        boolean ready = warmUp.isOver(ticks, barsClosed, seconds);
        float[] values = new float[outputs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    ready || features.get(i).warmUp().isOver(ticks, barsClosed, seconds)
                            ? (float) outputs[i].read(now, numbers)
                            : Float.NaN;
        }
        return new FeatureVector(
                FeatureVector.idOf(tick, shortHash),
                tick.symbol(),
                tick.kind(),
                tick.eventTimeMicros(),
                hash,
                ready,
                values);
    }

    private double[] numbers(SymbolState state) {
        double[] numbers = state.slots;
        if (numbers.length != slots || numbers[Moment.STAMP] != stamp) {
            numbers = new double[slots];
            numbers[Moment.STAMP] = stamp;
            state.slots = numbers;
        }
        return numbers;
    }

    private void updateBars(Moment now, double[] numbers) {
        if (now.secondsElapsed() > sessionGapSeconds || now.isPriceSourceChanged()) {
            Arrays.fill(numbers, BARS_CLOSED, FIRST_KERNEL, 0);
            Arrays.fill(numbers, firstBarSlot, slots, 0);
        }
        long passed = bars.intervalsUntil(now.micros(), numbers, OPEN_BAR);
        if (passed > 0) {
            closeBars(passed, numbers);
        }
        if (passed > 0 || !bars.isOpen(numbers, OPEN_BAR)) {
            bars.open(now.micros(), numbers, OPEN_BAR);
        }
        if (now.isPriced()) {
            bars.price(now.price(), numbers, OPEN_BAR);
        }
        if (now.isTrade()) {
            Tick trade = now.tick();
            bars.trade(trade.price(), trade.size(), now.notional(), numbers, OPEN_BAR);
        }
    }

    private void closeBars(long passed, double[] numbers) {
        Bar bar = bars.bar(numbers, OPEN_BAR);
        for (int i = 0; i < barKernels.length; i++) {
            barKernels[i].onBar(bar, numbers, barKernelsAt[i]);
            if (passed > 1) {
                barKernels[i].onEmptyBars(passed - 1, bar.close(), numbers, barKernelsAt[i]);
            }
        }
        numbers[BARS_CLOSED] += passed;
    }

    /** What is wrong with a vector that claims to be of this set, one line each; empty if valid. */
    public List<String> problems(FeatureVector vector) {
        if (!vector.featureSetHash().equals(hash)) {
            return List.of(
                    String.format(
                            "Vector %s is of feature set %s, not of %s (%s): compute it again with"
                                    + " the set it is meant for",
                            vector.vectorId(), vector.featureSetHash(), name, hash));
        }
        if (vector.values().length != size()) {
            return List.of(
                    String.format(
                            "Vector %s has %d values, %s has %d features: it was cut or joined on"
                                    + " its way",
                            vector.vectorId(), vector.values().length, name, size()));
        }
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            String problem = features.get(i).problem(vector.values()[i]);
            if (problem != null) {
                problems.add(problem);
            }
        }
        return problems;
    }

    /** The set as a table, one row a feature. */
    public String describe() {
        return features.stream()
                .map(Feature::describe)
                .collect(
                        Collectors.joining(
                                "\n",
                                String.format(
                                        "%s %s, %d features, ready after %s%n",
                                        name, shortHash, size(), warmUp),
                                ""));
    }

    @Override
    public String toString() {
        return name + "~" + shortHash;
    }

    private String canonical(Builder builder) {
        StringBuilder canonical =
                new StringBuilder(name)
                        .append("\nbars ")
                        .append(builder.barInterval)
                        .append("\nsession gap ")
                        .append(builder.sessionGap)
                        .append('\n')
                        .append(contracts);
        for (int i = 0; i < size(); i++) {
            canonical
                    .append('\n')
                    .append(features.get(i).canonical())
                    .append('|')
                    .append(builder.declared.get(i).kernel());
        }
        return canonical.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static int layOut(List<Kernel> kernels, int first, Map<Kernel, Integer> layout) {
        int next = first;
        for (Kernel kernel : kernels) {
            if (layout.putIfAbsent(kernel, next) == null) {
                next += kernel.slots();
            }
        }
        return next;
    }

    private static <K extends Kernel> List<K> ofType(Map<Kernel, Integer> layout, Class<K> type) {
        return layout.keySet().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static int[] offsets(Map<Kernel, Integer> layout, Kernel[] kernels) {
        return Arrays.stream(kernels).mapToInt(layout::get).toArray();
    }

    /** A kernel and what to read off it. */
    private record Declared<K extends Kernel>(K kernel, Reading<K> reading) {

        Output<K> at(Map<Kernel, Integer> layout) {
            return new Output<>(kernel, reading, layout.get(kernel));
        }
    }

    /** A kernel, what to read off it, and where its slice begins. */
    private record Output<K extends Kernel>(K kernel, Reading<K> reading, int at) {

        double read(Moment now, double[] numbers) {
            return reading.read(kernel, now, numbers, at);
        }
    }

    /** Collects features in the order of the vector. */
    public static final class Builder {

        private final String name;
        private final List<Feature> features = new ArrayList<>();
        private final List<Declared<?>> declared = new ArrayList<>();
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
            if (features.stream().anyMatch(feature -> feature.name().equals(schema.name()))) {
                throw new IllegalArgumentException(
                        name + " has two features named " + schema.name() + "; rename one");
            }
            features.add(schema);
            declared.add(new Declared<>(kernel, reading));
            return this;
        }

        /** The finished set. */
        public FeatureSet build() {
            if (features.isEmpty()) {
                throw new IllegalArgumentException(name + " has no features; add one");
            }
            return new FeatureSet(this);
        }

        private List<Kernel> kernelsOf(boolean bars) {
            return declared.stream()
                    .<Kernel>map(Declared::kernel)
                    .filter(kernel -> kernel instanceof BarKernel == bars)
                    .toList();
        }
    }
}
