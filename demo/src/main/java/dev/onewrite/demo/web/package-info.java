/** The form as a page: {@code demo/run web}. */
@NullMarked
package dev.onewrite.demo.web;

import org.jspecify.annotations.NullMarked;
