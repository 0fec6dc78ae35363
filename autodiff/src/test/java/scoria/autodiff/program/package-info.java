@org.jspecify.annotations.NullMarked
package scoria.autodiff.program;
