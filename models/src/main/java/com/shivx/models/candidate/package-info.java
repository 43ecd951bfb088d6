/** From labelled rows to a version that asks to be registered: trained, exported, validated. */
@NullMarked
package com.shivx.models.candidate;

import org.jspecify.annotations.NullMarked;
