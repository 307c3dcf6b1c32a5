/** The store for several nodes: one PostgreSQL database, each commit synced. */
@NullMarked
package dev.onewrite.store.postgres;

import org.jspecify.annotations.NullMarked;
