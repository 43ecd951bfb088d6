package com.shivx.features;

import com.shivx.features.bar.Bar;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each kernel's slice lies in a symbol's array. Equal kernels are one; those of bars come
 * last, so that one fill resets them.
 */
final class KernelLayout {

    private final TickKernel[] tickKernels;
    private final int[] tickKernelsAt;
    private final BarKernel[] barKernels;
    private final int[] barKernelsAt;
    private final Kernel[] readKernels;
    private final int[] readKernelsAt;
    private final Reading<Kernel>[] readings;
    private final int firstBarSlot;
    private final int slots;
    private final Map<Kernel, Integer> offsets = new LinkedHashMap<>();

    KernelLayout(List<Definition<?>> definitions, int firstSlot) {
        List<? extends Kernel> kernels = definitions.stream().map(Definition::kernel).toList();
        int next = firstSlot;
        for (Kernel kernel : kernels) {
            next = kernel instanceof BarKernel ? next : place(kernel, next);
        }
        firstBarSlot = next;
        for (Kernel kernel : kernels) {
            next = kernel instanceof BarKernel ? place(kernel, next) : next;
        }
        slots = next;
        tickKernels = placed(TickKernel.class).toArray(new TickKernel[0]);
        tickKernelsAt = Arrays.stream(tickKernels).mapToInt(offsets::get).toArray();
        barKernels = placed(BarKernel.class).toArray(new BarKernel[0]);
        barKernelsAt = Arrays.stream(barKernels).mapToInt(offsets::get).toArray();
        readKernels = kernels.toArray(new Kernel[0]);
        readKernelsAt = kernels.stream().mapToInt(offsets::get).toArray();
        readings = readings(definitions);
    }

    private int place(Kernel kernel, int next) {
        return offsets.putIfAbsent(kernel, next) == null ? next + kernel.slots() : next;
    }

    private <K extends Kernel> List<K> placed(Class<K> type) {
        return offsets.keySet().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** A reading is only ever given the kernel that it was defined with. */
    @SuppressWarnings("unchecked")
    private static Reading<Kernel>[] readings(List<Definition<?>> definitions) {
        return definitions.stream().map(Definition::reading).toArray(Reading[]::new);
    }

    /** Length of the array. */
    int slots() {
        return slots;
    }

    void onTick(Moment now, double[] numbers) {
        for (int i = 0; i < tickKernels.length; i++) {
            tickKernels[i].onTick(now, numbers, tickKernelsAt[i]);
        }
    }

    void onBars(Bar bar, long emptyBars, double[] numbers) {
        for (int i = 0; i < barKernels.length; i++) {
            barKernels[i].onBar(bar, numbers, barKernelsAt[i]);
            if (emptyBars > 0) {
                barKernels[i].onEmptyBars(emptyBars, bar.close(), numbers, barKernelsAt[i]);
            }
        }
    }

    void resetBarKernels(double[] numbers) {
        Arrays.fill(numbers, firstBarSlot, slots, 0);
    }

    double read(int feature, Moment now, double[] numbers) {
        return readings[feature].read(readKernels[feature], now, numbers, readKernelsAt[feature]);
    }

    /** Every kernel with its place: arrays are understood by the layout that prints the same. */
    @Override
    public String toString() {
        return slots + " " + offsets;
    }
}
