package com.shivx.cli.story;

import com.shivx.models.Action;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ContractMetadata;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.graph.OnnxMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that passes every check and is wrong: the same graph, whose classes somebody has noted in
 * the reverse order. It says UP where it means DOWN, as surely as before, and only outcomes tell.
 */
public final class Mislabelled {

    private Mislabelled() {}

    /**
     * The model as another version of its line, with its classes reversed; each keeps its action.
     *
     * @throws ModelRefusedException if it would not be let serve
     */
    public static ModelArtifact of(ModelArtifact artifact, String version)
            throws ModelRefusedException {
        ModelContract contract = artifact.contract();
        List<String> classes = new ArrayList<>(contract.classes());
        List<@Nullable Action> actions = new ArrayList<>(contract.actions());
        Collections.reverse(classes);
        Collections.reverse(actions);
        ModelContract reversed =
                new ModelContract(
                        contract.model(),
                        version,
                        contract.task(),
                        contract.featureSet(),
                        contract.featureSetHash(),
                        contract.columns(),
                        classes,
                        actions,
                        contract.output(),
                        contract.imputes());
        ModelArtifact mislabelled =
                ModelArtifact.of(
                        OnnxMetadata.replaced(
                                artifact.bytes(),
                                ContractMetadata.PREFIX,
                                ContractMetadata.ofAnyVersion(reversed)),
                        reversed);
        mislabelled.checkReadsBack();
        return mislabelled;
    }
}
