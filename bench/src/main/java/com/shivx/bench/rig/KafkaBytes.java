package com.shivx.bench.rig;

/**
 * A record as it lies in Kafka.
 *
 * @param key its key
 * @param value its value
 */
public record KafkaBytes(byte[] key, byte[] value) {}
