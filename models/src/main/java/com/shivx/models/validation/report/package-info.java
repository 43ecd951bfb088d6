/** A validation as people and programs read it: text, JSON, and a page that needs nothing else. */
@NullMarked
package com.shivx.models.validation.report;

import org.jspecify.annotations.NullMarked;
