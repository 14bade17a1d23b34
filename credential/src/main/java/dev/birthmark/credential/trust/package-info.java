/**
 * What a site and an identity service tell each other once, before either believes a signature of
 * the other: the site's bundle, signed by every key in it, and the identity service's answer.
 */
@NullMarked
package dev.birthmark.credential.trust;

import org.jspecify.annotations.NullMarked;
