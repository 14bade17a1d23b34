/**
 * The main job from end to end, played against two real service processes and a real PostgreSQL
 * through their public interfaces: every step says what happened and how long it took, and fails
 * the whole if it did not hold.
 */
@NullMarked
package dev.birthmark.cli.demo;

import org.jspecify.annotations.NullMarked;
