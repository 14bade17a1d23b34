package dev.birthmark.edge.ndjson;

/**
 * A line that was read.
 *
 * @param line its number in the file, from 1
 * @param value what it says
 */
public record Row<T>(long line, T value) {}
