/** Tests of the models: foreign exports, refusals, and models made by hand. */
@NullMarked
package com.shivx.models;

import org.jspecify.annotations.NullMarked;
