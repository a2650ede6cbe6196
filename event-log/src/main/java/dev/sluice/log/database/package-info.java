/// The PostgreSQL that holds an app's views, checked before its first use.
@NullMarked
package dev.sluice.log.database;

import org.jspecify.annotations.NullMarked;
