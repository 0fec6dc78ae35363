/**
 * The command line: one class a command, under {@link scoria.bench.cli.Main}.
 *
 * <p>Exit status 0 is done, 1 failed, 2 bad usage or bad input. What a user got wrong is a {@link
 * scoria.bench.UserError}, shown as one line.
 */
@NullMarked
package scoria.bench.cli;

import org.jspecify.annotations.NullMarked;
