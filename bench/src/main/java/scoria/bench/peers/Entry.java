package scoria.bench.peers;

import java.util.List;
import java.util.Map;

/**
 * A side with one setting.
 *
 * @param threads most that compute at a time
 * @param label what the table calls it
 * @param arguments of the process, after the contest's name
 * @param environment variables set for the process
 */
record Entry(
    Side side,
    int threads,
    String label,
    List<String> arguments,
    Map<String, String> environment) {}
