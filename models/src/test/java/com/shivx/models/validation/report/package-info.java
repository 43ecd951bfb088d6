@NullMarked
package com.shivx.models.validation.report;

import org.jspecify.annotations.NullMarked;
