package com.shivx.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class StoryFolderTest {

    @Test
    void goesWithAllThatWasWrittenIntoIt() throws Exception {
        StoryFolder folder = StoryFolder.create();
        try (folder) {
            Files.writeString(
                    Files.createDirectories(folder.registry().resolve("sim-direction/0.1.0"))
                            .resolve("model.onnx"),
                    "a model");
            Files.createDirectories(folder.models());
        }

        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void goesWhenNothingWasWritten() throws Exception {
        StoryFolder folder = StoryFolder.create();

        folder.close();

        assertThat(folder.path()).doesNotExist();
    }
}
