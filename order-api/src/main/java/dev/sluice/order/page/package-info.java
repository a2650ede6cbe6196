/// The pages in the browser: the files that the module `web` builds, and what the server writes into them for each reader.
@NullMarked
package dev.sluice.order.page;

import org.jspecify.annotations.NullMarked;
