/** What a model version is held to, made of what its file, its signature and the flags say. */
@NullMarked
package com.shivx.models.contract;

import org.jspecify.annotations.NullMarked;
