package com.shivx.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Field;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.junit.jupiter.api.Test;

/** The shipped {@code flink-conf/config.yaml} against the options that the jars of Flink define. */
class FlinkConfigurationTest {
    private static final Configuration SHIPPED =
            EmbeddedFlink.configuration(Path.of(System.getProperty("shivx.root"), "flink-conf"));

    @Test
    void flinkReadsEveryKeyAndUnderstandsEveryValue() throws Exception {
        Map<String, ConfigOption<?>> options = new TreeMap<>();
        for (Class<?> jar :
                new Class<?>[] {
                    CoreOptions.class, RocksDBOptions.class, ExecutionConfigOptions.class
                }) {
            options.putAll(optionsBeside(jar));
        }
        assertThat(options).hasSizeGreaterThan(300);
        assertThat(options.keySet()).containsAll(SHIPPED.keySet());
        SHIPPED.keySet()
                .forEach(
                        key ->
                                assertThatCode(() -> SHIPPED.get(options.get(key)))
                                        .as(key)
                                        .doesNotThrowAnyException());
    }

    @Test
    void theTestsRunWithTheOpensThatShip() {
        assertThat(System.getProperty("flink.jvm.opens"))
                .isEqualTo(SHIPPED.get(CoreOptions.FLINK_JVM_OPTIONS));
    }

    /** Every public option of every {@code *Options} class in the jar that holds this class. */
    private static Map<String, ConfigOption<?>> optionsBeside(Class<?> type) throws Exception {
        URL jar = type.getProtectionDomain().getCodeSource().getLocation();
        Map<String, ConfigOption<?>> options = new TreeMap<>();
        try (JarFile file = new JarFile(Path.of(jar.toURI()).toFile());
                Stream<String> names = file.stream().map(entry -> entry.getName())) {
            for (String name : names.filter(FlinkConfigurationTest::definesOptions).toList()) {
                String className = name.replace('/', '.').replace(".class", "");
                for (Field field : Class.forName(className).getFields()) {
                    if (field.getType() == ConfigOption.class) {
                        ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                        options.put(option.key(), option);
                    }
                }
            }
        }
        return options;
    }

    private static boolean definesOptions(String name) {
        return name.startsWith("org/apache/flink/") && name.endsWith("Options.class");
    }
}
