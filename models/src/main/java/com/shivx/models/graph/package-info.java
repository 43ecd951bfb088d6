/** The file of a model: what its graph takes and gives, and writing one. */
@NullMarked
package com.shivx.models.graph;

import org.jspecify.annotations.NullMarked;
