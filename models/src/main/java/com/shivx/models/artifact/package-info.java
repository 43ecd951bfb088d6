/** The files beside a model version that say how it was measured. */
@NullMarked
package com.shivx.models.artifact;

import org.jspecify.annotations.NullMarked;
