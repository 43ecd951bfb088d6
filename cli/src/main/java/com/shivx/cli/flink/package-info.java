/** Flink's REST API as the command uses it: how a job is, and how a jar gets to a cluster. */
@NullMarked
package com.shivx.cli.flink;

import org.jspecify.annotations.NullMarked;
