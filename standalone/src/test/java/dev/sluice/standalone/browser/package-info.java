/// The pages in a real browser: Debian's Chromium, driven by Playwright, against the demo.
@NullMarked
package dev.sluice.standalone.browser;

import org.jspecify.annotations.NullMarked;
