package dev.birthmark.bench.measure;

/**
 * What the operating system has accounted to a process since it began.
 *
 * @param pid its number
 * @param parent the number of the process that started it
 * @param seconds processor time of its own
 * @param reapedSeconds processor time of children that have ended; 0 where that is not told
 * @param command how it presents itself; PostgreSQL's processes say what they do
 */
public record ProcessTime(
    long pid, long parent, double seconds, double reapedSeconds, String command) {}
