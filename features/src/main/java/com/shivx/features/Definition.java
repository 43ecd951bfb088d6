package com.shivx.features;

/**
 * How a feature is computed: by a kernel, and by what is read off it.
 *
 * @param <K> the kernel
 */
record Definition<K extends Kernel>(Feature schema, K kernel, Reading<K> reading) {

    /** What a hash covers. */
    String canonical() {
        return schema.canonical() + "|" + kernel;
    }
}
