/**
 * A public key infrastructure for tests: keys that are the same in every run, a root and an issuing
 * authority, devices with certificates from the real template, and every request, certificate and
 * chain that has to be refused.
 */
@NullMarked
package dev.birthmark.testkit.pki;

import org.jspecify.annotations.NullMarked;
