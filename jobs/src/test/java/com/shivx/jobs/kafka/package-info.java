@NullMarked
package com.shivx.jobs.kafka;

import org.jspecify.annotations.NullMarked;
