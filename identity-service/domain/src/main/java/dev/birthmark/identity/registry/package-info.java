/**
 * What the identity service knows: the sites that are registered and their logs, mirrored entry by
 * entry; the devices and credentials that the logs brought; what is odd about them. One push of a
 * site is taken in by {@link dev.birthmark.identity.registry.Ingest} in one transaction.
 */
@NullMarked
package dev.birthmark.identity.registry;

import org.jspecify.annotations.NullMarked;
