/** How the keys of the site are used in this process. */
@NullMarked
package dev.birthmark.enrollment.server.keystore;

import org.jspecify.annotations.NullMarked;
