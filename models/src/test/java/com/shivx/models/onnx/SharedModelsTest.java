package com.shivx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.contract.ModelArtifact;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharedModelsTest {

    private final SharedModels models = new SharedModels();

    @Test
    void loadsOnceAndClosesWithTheLastHolder() throws Exception {
        int before = OnnxModel.open();
        ModelArtifact artifact = BaselineMomentum.artifact();
        SharedModels.Lease first = models.acquire(artifact, ModelLoader.DEFAULT);
        SharedModels.Lease second = models.acquire(artifact, ModelLoader.DEFAULT);
        assertThat(second.model()).isSameAs(first.model());
        assertThat(OnnxModel.open()).isEqualTo(before + 1);
        first.close();
        first.close();
        assertThat(OnnxModel.open()).isEqualTo(before + 1);
        second.close();
        assertThat(OnnxModel.open()).isEqualTo(before);
    }

    @Test
    void closesWhatWasNeverGivenBack() throws Exception {
        int before = OnnxModel.open();
        SharedModels.Lease lease = models.acquire(BaselineMomentum.artifact(), ModelLoader.DEFAULT);
        models.close();
        assertThat(OnnxModel.open()).isEqualTo(before);
        lease.close();
        assertThat(OnnxModel.open()).isEqualTo(before);
    }

    @Test
    void holdsNothingOfARefusedModel() throws Exception {
        int before = OnnxModel.open();
        ModelArtifact good = BaselineMomentum.artifact();
        ModelArtifact bad = new ModelArtifact(good.bytes(), "beef", good.contract());
        assertThatThrownBy(() -> models.acquire(bad, new ModelLoader(2, Duration.ofSeconds(1))))
                .isInstanceOf(ModelRefusedException.class);
        assertThat(OnnxModel.open()).isEqualTo(before);
    }
}
