package com.shivx.control.training;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.deployment.ModelRef;

/** Versions of the registry, between a training and what serves. */
public interface Candidates {

    /**
     * How a training finds what serves: its name in the registry, or where its file lies.
     *
     * @throws com.shivx.models.registry.RegistryException if the registry does not answer
     */
    String champion(String model, ModelRef serving);

    /**
     * Puts a registered version where jobs take models from.
     *
     * @throws com.shivx.models.registry.RegistryException if it cannot be fetched or put there
     * @throws ModelRefusedException if it would not be let serve
     */
    ModelRef place(String model, String version) throws ModelRefusedException;
}
