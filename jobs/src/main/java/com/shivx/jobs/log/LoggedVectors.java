package com.shivx.jobs.log;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.jobs.wire.AvroCodec;
import com.shivx.jobs.wire.FeatureVectorAvro;
import com.shivx.jobs.wire.FeatureVectorJson;
import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Feature vectors in the log: {@code feature_set=market-v1/event_date=2024-08-01}. A set that is
 * not on the class path, or whose name is no name for a folder, has the first eight digits of its
 * hash in that place.
 */
public final class LoggedVectors implements LogRecords<FeatureVector> {

    static final String SET_PREFIX = "feature_set=";

    private static final Comparator<FeatureVector> ORDER =
            Comparator.comparingLong(FeatureVector::eventTimeMicros)
                    .thenComparing(FeatureVector::symbol)
                    .thenComparing(FeatureVector::vectorId);

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern FOLDER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final int SHORT_HASH_LENGTH = 8;

    private final FeatureVectorAvro avro = new FeatureVectorAvro();
    private final EventDate dates = new EventDate();
    private final Map<String, FeatureSet> sets = new HashMap<>();
    private final Map<String, String> folders = new HashMap<>();

    /** With the sets that are on the class path now. */
    public LoggedVectors() {
        FeatureSets.all().values().forEach(set -> sets.put(set.hash(), set));
        sets.forEach((hash, set) -> folders.put(hash, folder(set)));
    }

    /** The folder of a set that is known. */
    static String folder(FeatureSet set) {
        return SET_PREFIX
                + (FOLDER_NAME.matcher(set.name()).matches() ? set.name() : set.shortHash());
    }

    /** The folder of a set of which only the hash is known. */
    static String folderOfUnknown(String hash) {
        return SET_PREFIX + hash.substring(0, Math.min(SHORT_HASH_LENGTH, hash.length()));
    }

    /** A record with the header of Avro is Avro, another is JSON. */
    @Override
    public FeatureVector fromTopic(ConsumerRecord<byte[], byte[]> record)
            throws UnreadableRecordException {
        Header header = record.headers().lastHeader(FeatureVectorAvro.FINGERPRINT_HEADER);
        if (header == null) {
            return FeatureVectorJson.readRecord(record.value(), sets);
        }
        byte[] fingerprint = header.value();
        FeatureVector vector =
                avro.readRecord(
                        fingerprint == null
                                ? null
                                : new String(fingerprint, StandardCharsets.UTF_8),
                        record.value());
        requireOfItsSet(vector);
        return vector;
    }

    private void requireOfItsSet(FeatureVector vector) throws UnreadableRecordException {
        FeatureSet set = sets.get(vector.featureSetHash());
        if (set != null && set.size() != vector.values().length) {
            throw new UnreadableRecordException(
                    DeadLetterReason.WRONG_TYPE,
                    "features are %d, where %s has %d: write one value a feature"
                            .formatted(vector.values().length, set.name(), set.size()));
        }
        // It becomes the name of a folder.
        if (set == null && !HASH.matcher(vector.featureSetHash()).matches()) {
            throw new UnreadableRecordException(
                    DeadLetterReason.WRONG_TYPE,
                    "feature_set_hash is no SHA-256: write the 64 hexadecimal digits of the set's");
        }
    }

    @Override
    public AvroCodec<FeatureVector> codec() {
        return avro;
    }

    @Override
    public String partition(FeatureVector vector) {
        return folders.computeIfAbsent(vector.featureSetHash(), LoggedVectors::folderOfUnknown)
                + "/"
                + dates.folder(vector.eventTimeMicros());
    }

    @Override
    public long eventTimeMicros(FeatureVector vector) {
        return vector.eventTimeMicros();
    }

    @Override
    public String symbol(FeatureVector vector) {
        return vector.symbol();
    }

    @Override
    public @Nullable String version(FeatureVector vector) {
        return null;
    }

    @Override
    public Comparator<FeatureVector> order() {
        return ORDER;
    }
}
