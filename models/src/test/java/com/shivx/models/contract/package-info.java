/** Tests of contracts: gaps and contradictions are named. */
@NullMarked
package com.shivx.models.contract;

import org.jspecify.annotations.NullMarked;
