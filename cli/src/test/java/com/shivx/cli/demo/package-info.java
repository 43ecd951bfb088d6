/** What a person sees of the demo. */
@NullMarked
package com.shivx.cli.demo;

import org.jspecify.annotations.NullMarked;
