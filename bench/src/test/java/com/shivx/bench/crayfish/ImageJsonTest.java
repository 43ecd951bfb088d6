package com.shivx.bench.crayfish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImageJsonTest {

    @Test
    void readsWhatItWritesToTheBit() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        float[] pixels = new float[ImageJson.PIXELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextDouble();
        }
        ImageJson json = new ImageJson();

        ImageJson.Image read = json.read(json.write(new ImageJson.Image(7, 9, pixels)));

        assertThat(read.id()).isEqualTo(7);
        assertThat(read.createdMicros()).isEqualTo(9);
        assertThat(read.pixels()).isEqualTo(pixels);
    }

    @Test
    void refusesMorePixelsThanAnImageHas() {
        String tooMany = "{\"image\":[" + "0,".repeat(ImageJson.PIXELS) + "0]}";
        assertThatThrownBy(() -> new ImageJson().read(tooMany.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("784");
    }
}
