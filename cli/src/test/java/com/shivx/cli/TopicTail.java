package com.shivx.cli;

import com.shivx.local.CommittedRecords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** All that is committed to a topic, read on as it grows. */
final class TopicTail implements AutoCloseable {

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final CommittedRecords topic;

    TopicTail(String bootstrapServers, String topic) {
        this.topic = new CommittedRecords(bootstrapServers, topic);
    }

    /** All records up to the topic's end as of now; those of a partition in their order. */
    List<ConsumerRecord<byte[], byte[]>> records() {
        topic.forEachNew(records::add);
        return Collections.unmodifiableList(records);
    }

    @Override
    public void close() {
        topic.close();
    }
}
