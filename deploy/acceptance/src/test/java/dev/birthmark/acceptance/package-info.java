/**
 * Black-box tests of the packaged services: processes of their own, a real PostgreSQL, and nothing
 * but public interfaces, used by our own clients and by other people's.
 */
package dev.birthmark.acceptance;
