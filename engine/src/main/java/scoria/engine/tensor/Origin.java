package scoria.engine.tensor;

import scoria.engine.op.Call;

/**
 * Where a tensor comes from.
 *
 * @param call the operation's run that made it
 * @param output which of the call's outputs it is
 */
public record Origin(Call call, int output) {}
