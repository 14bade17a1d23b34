/** Tests of the REST interface. */
@NullMarked
package dev.birthmark.identity.server.rest;

import org.jspecify.annotations.NullMarked;
