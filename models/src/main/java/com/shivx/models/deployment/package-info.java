/**
 * What shall serve, as data: deployments, the requests that change them, and what became of them.
 */
@NullMarked
package com.shivx.models.deployment;

import org.jspecify.annotations.NullMarked;
