/// The schema of a rebuild, and the database under its name.
@NullMarked
package dev.sluice.log.rebuild.schema;

import org.jspecify.annotations.NullMarked;
