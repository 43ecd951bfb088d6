package com.shivx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Linux says of processors. */
class VnniTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "flags: fpu avx2 avx512f avx512_vnni avx512_bitalg, true",
        "flags: fpu avx2 avx_vnni, true",
        "flags: fpu avx2 avx512f avx512_vnni2, false",
        "Features: fp asimd avx512_vnni, false",
        "vendor_id: flags avx512_vnni, false"
    })
    void readsTheFlags(String line, boolean present) throws Exception {
        String text = "processor\t: 0\n" + line.replace(":", "\t\t:") + "\nbugs\t: none\n";

        assertThat(Vnni.isIn(Files.writeString(folder.resolve("cpuinfo"), text)))
                .isEqualTo(present);
    }

    @Test
    void takesTheSafeWayWhereItCannotBeTold() throws Exception {
        assertThat(Vnni.isIn(folder.resolve("nowhere"))).isFalse();
        assertThat(Vnni.isIn(Files.write(folder.resolve("bytes"), new byte[] {-1, -2, 10})))
                .isFalse();
        assertThat(Vnni.isIn(folder)).isFalse();
    }
}
