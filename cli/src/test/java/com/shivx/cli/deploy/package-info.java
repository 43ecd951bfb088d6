@NullMarked
package com.shivx.cli.deploy;

import org.jspecify.annotations.NullMarked;
