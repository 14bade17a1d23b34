/** The site's logs over HTTP (C2SP tlog-tiles): checkpoint, tiles of hashes, tiles of entries. */
@NullMarked
package dev.birthmark.enrollment.server.log;

import org.jspecify.annotations.NullMarked;
