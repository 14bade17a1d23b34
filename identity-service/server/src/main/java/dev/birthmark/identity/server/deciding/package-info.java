/** The one way from every entrance of this replica to the domain's decision. */
@NullMarked
package dev.birthmark.identity.server.deciding;

import org.jspecify.annotations.NullMarked;
