/**
 * ONNX's own node tests, run over Scoria's operations: a reader of the files, a small interpreter
 * of graphs, and for every operator an adapter that says it in calls on tensors.
 */
@NullMarked
package scoria.autodiff.onnx;

import org.jspecify.annotations.NullMarked;
