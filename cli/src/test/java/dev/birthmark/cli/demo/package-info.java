/** Tests of the parts of the demo that can be tested without the services. */
@NullMarked
package dev.birthmark.cli.demo;

import org.jspecify.annotations.NullMarked;
