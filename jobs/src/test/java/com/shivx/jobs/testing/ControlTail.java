package com.shivx.jobs.testing;

import com.shivx.local.CommittedRecords;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The committed records of a control topic, each read once however often it is looked at, so that
 * they can be waited for beside jobs that need the processor, too.
 */
public final class ControlTail<T> implements AutoCloseable {

    private final CommittedRecords topic;
    private final ControlJson<T> json;
    private final List<T> values = new ArrayList<>();

    /** From the topic's beginning. */
    public ControlTail(String bootstrapServers, String topic, ControlJson<T> json) {
        this.topic = new CommittedRecords(bootstrapServers, topic);
        this.json = json;
    }

    /** All there are by now, in their order. */
    public List<T> all() {
        topic.forEachNew(record -> values.add(read(record)));
        return Collections.unmodifiableList(values);
    }

    private T read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return json.read(record.value());
        } catch (UnreadableRecordException e) {
            throw new AssertionError("no record of ours: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        topic.close();
    }
}
