/** The identity service's process. */
@NullMarked
package dev.birthmark.identity.server;

import org.jspecify.annotations.NullMarked;
