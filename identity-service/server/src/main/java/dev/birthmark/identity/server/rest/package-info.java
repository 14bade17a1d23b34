/**
 * The REST interface of backends, security teams, administrators and sites: decisions, devices,
 * changes of trust, sites and their logs.
 */
@NullMarked
package dev.birthmark.identity.server.rest;

import org.jspecify.annotations.NullMarked;
