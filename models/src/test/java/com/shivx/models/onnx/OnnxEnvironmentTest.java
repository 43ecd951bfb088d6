package com.shivx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OnnxEnvironmentTest {

    /** A JVM with a command line as long as a class path of four hundred jars. */
    public static final class Child {
        public static void main(String[] args) {
            System.exit(OnnxEnvironment.get() == null ? 1 : 0);
        }
    }

    @Test
    void startsHoweverLongTheCommandLineIs() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder =
                new ProcessBuilder(java, "-Dpadding=" + "x".repeat(40_000), Child.class.getName());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().remove("ORT_DISABLE_TELEMETRY");
        Process child = builder.inheritIO().start();

        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isZero();
    }
}
