/** What single steps of a tick's way cost, measured by JMH. */
@NullMarked
package com.shivx.bench.micro;

import org.jspecify.annotations.NullMarked;
