/** Whether the inputs and answers of model versions are still what they were measured on. */
@NullMarked
package com.shivx.models.drift;

import org.jspecify.annotations.NullMarked;
