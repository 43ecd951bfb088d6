package com.shivx.operators.features;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Tells Flink of {@link IngestedTickSerializer}. */
public final class IngestedTickTypeInfo extends TypeInformation<IngestedTick> {

    private static final long serialVersionUID = 1;

    /** Finds it for the class that is annotated with it. */
    public static final class Factory extends TypeInfoFactory<IngestedTick> {
        @Override
        public TypeInformation<IngestedTick> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new IngestedTickTypeInfo();
        }
    }

    @Override
    public TypeSerializer<IngestedTick> createSerializer(SerializerConfig config) {
        return new IngestedTickSerializer();
    }

    @Override
    public Class<IngestedTick> getTypeClass() {
        return IngestedTick.class;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public boolean canEqual(@Nullable Object other) {
        return other instanceof IngestedTickTypeInfo;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IngestedTickTypeInfo;
    }

    @Override
    public int hashCode() {
        return IngestedTickTypeInfo.class.hashCode();
    }

    @Override
    public String toString() {
        return "IngestedTick";
    }
}
