/** What all of the workbench shares. */
@NullMarked
package scoria.bench;

import org.jspecify.annotations.NullMarked;
