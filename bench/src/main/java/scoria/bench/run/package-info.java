/**
 * A run: a folder with a model that is being learned or has been, and what was seen on the way.
 *
 * <p>{@code model.safetensors} alone is what a run goes on from, and what samples are drawn with;
 * {@code run.json}, {@code metrics.jsonl}, the pictures and {@code report.html} are for readers.
 */
@NullMarked
package scoria.bench.run;

import org.jspecify.annotations.NullMarked;
