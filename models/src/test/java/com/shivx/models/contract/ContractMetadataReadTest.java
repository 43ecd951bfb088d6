package com.shivx.models.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.testing.Graphs;
import com.shivx.models.testing.Networks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that holds a contract reads as that contract. */
class ContractMetadataReadTest {

    @TempDir private Path folder;

    @Test
    void readsAsItWasWritten() throws Exception {
        ModelContract contract = Networks.contract(2);
        OnnxWriter writer = Graphs.softmax(2);
        ContractMetadata.of(contract).forEach(writer::metadata);

        assertThat(read(writer)).isEqualTo(contract);
    }

    @Test
    void readsAsItWasWrittenOfARegression() throws Exception {
        ModelContract contract =
                new ModelContract(
                        "spread",
                        "0.1.0",
                        Task.REGRESSION,
                        null,
                        null,
                        List.of("a", "b"),
                        List.of(),
                        List.of(),
                        null,
                        true);
        OnnxWriter writer = Graphs.sum(2, "Identity");
        ContractMetadata.of(contract).forEach(writer::metadata);

        assertThat(read(writer)).isEqualTo(contract);
        assertThat(ContractMetadata.of(contract))
                .doesNotContainKeys("shivx.classes", "shivx.actions", "shivx.output");
    }

    private ModelContract read(OnnxWriter writer) throws Exception {
        Path file = Files.write(folder.resolve("mine.onnx"), writer.toBytes());
        return ModelArtifact.readOfAnyColumns(file, ContractFlags.NONE).contract();
    }
}
