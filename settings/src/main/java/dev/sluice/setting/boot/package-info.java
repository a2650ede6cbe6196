/// The settings in a Spring Boot app.
@NullMarked
package dev.sluice.setting.boot;

import org.jspecify.annotations.NullMarked;
