/**
 * What a model's inputs and answers looked like before it served, and how far others lie from that.
 */
@NullMarked
package com.shivx.drift.reference;

import org.jspecify.annotations.NullMarked;
