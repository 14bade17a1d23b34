/**
 * PostgreSQL for tests: one server per JVM and engine, a template that is migrated once, and a
 * database of its own for every test class. The embedded engine runs everywhere; a container
 * engine, where one answers, runs the same tests against the distribution's packages.
 */
@NullMarked
package dev.birthmark.testkit.postgres;

import org.jspecify.annotations.NullMarked;
