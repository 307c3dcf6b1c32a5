/**
 * What authors of components write against. Depends on the JDK and the machine, on nothing else.
 */
@NullMarked
package dev.onewrite.component;

import org.jspecify.annotations.NullMarked;
