/** How deployed versions serve, whatever they answer: late, not at all, too slowly. */
@NullMarked
package com.shivx.models.serving;

import org.jspecify.annotations.NullMarked;
