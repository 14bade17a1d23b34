/**
 * The key ceremony: from one reviewed plan to a root, an issuing authority, the log's key, the
 * site's client key and the signed bundle that introduces them to the identity service. Keys leave
 * through one port only.
 */
@NullMarked
package dev.birthmark.enrollment.ceremony;

import org.jspecify.annotations.NullMarked;
