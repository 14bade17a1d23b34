/**
 * How the process of a service begins and ends: it says its ports when it is ready, ends with its
 * launcher where that is asked for, and cuts connections whose peer does not read.
 */
@NullMarked
package dev.birthmark.edge.life;

import org.jspecify.annotations.NullMarked;
