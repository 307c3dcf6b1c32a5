/** The embedded store: one directory, one process, each commit synced. */
@NullMarked
package dev.onewrite.store.sqlite;

import org.jspecify.annotations.NullMarked;
