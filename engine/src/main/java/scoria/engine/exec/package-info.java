/** The one way an operation is run, and the checks around it. */
@NullMarked
package scoria.engine.exec;

import org.jspecify.annotations.NullMarked;
